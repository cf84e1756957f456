"""typing: annotations are not looked at, so that most names stand for themselves."""
import collections as _collections
import contextlib as _contextlib
from abc import ABCMeta
from collections import _tuple_type
from collections.abc import (
    AsyncGenerator, AsyncIterable, AsyncIterator, Awaitable, ByteString, Callable, Collection,
    Container, Coroutine, Generator, Hashable, ItemsView, Iterable, Iterator, KeysView, Mapping,
    MappingView, MutableMapping, MutableSequence, MutableSet, Reversible, Sequence, Sized,
    ValuesView,
)
from collections.abc import Set as AbstractSet

TYPE_CHECKING = False


class _Form:
    """Something that is only ever part of an annotation."""

    def __init__(self, name):
        self._name = name

    def __repr__(self):
        return f'typing.{self._name}'

    def __getitem__(self, parameters):
        return self

    def __or__(self, other):
        return self

    __ror__ = __or__

    def __call__(self, *args, **kwargs):
        raise TypeError(f'Cannot instantiate {self!r}')

    def __mro_entries__(self, bases):
        return ()


Any = _Form('Any')
NoReturn = _Form('NoReturn')
Never = _Form('Never')
Self = _Form('Self')
LiteralString = _Form('LiteralString')
ClassVar = _Form('ClassVar')
Final = _Form('Final')
Literal = _Form('Literal')
TypeAlias = _Form('TypeAlias')
Concatenate = _Form('Concatenate')
TypeGuard = _Form('TypeGuard')
TypeIs = _Form('TypeIs')
Unpack = _Form('Unpack')
Required = _Form('Required')
NotRequired = _Form('NotRequired')
ReadOnly = _Form('ReadOnly')


class _Optional(_Form):
    def __getitem__(self, kind):
        try:
            return kind | None
        except TypeError:
            return self


class _Union(_Form):
    def __getitem__(self, kinds):
        if not isinstance(kinds, tuple):
            return kinds
        try:
            union = kinds[0]
            for kind in kinds[1:]:
                union = union | kind
            return union
        except TypeError:
            return self


class _Annotated(_Form):
    def __getitem__(self, parameters):
        return parameters[0]


Optional = _Optional('Optional')
Union = _Union('Union')
Annotated = _Annotated('Annotated')

List = list
Dict = dict
Set = set
FrozenSet = frozenset
Tuple = tuple
Type = type
Text = str
DefaultDict = _collections.defaultdict
OrderedDict = _collections.OrderedDict
Counter = _collections.Counter
ChainMap = _collections.ChainMap
Deque = _collections.deque
ContextManager = AbstractContextManager = _contextlib.AbstractContextManager
AsyncContextManager = AbstractAsyncContextManager = _contextlib.AbstractAsyncContextManager
Pattern = _Form('Pattern')
Match = _Form('Match')
IO = _Form('IO')
TextIO = _Form('TextIO')
BinaryIO = _Form('BinaryIO')
AnyStr = None


class TypeVar(_Form):
    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False,
                 infer_variance=False, default=None):
        self._name = self.__name__ = name
        self.__bound__ = bound
        self.__constraints__ = constraints

    def __repr__(self):
        return f'~{self._name}'


class ParamSpec(_Form):
    def __init__(self, name, **options):
        self._name = self.__name__ = name
        self.args = _Form(f'{name}.args')
        self.kwargs = _Form(f'{name}.kwargs')

    def __repr__(self):
        return f'~{self._name}'


class TypeVarTuple(_Form):
    def __init__(self, name, **options):
        self._name = self.__name__ = name

    def __repr__(self):
        return self._name

    def __iter__(self):
        yield self


AnyStr = TypeVar('AnyStr', bytes, str)


class Generic:
    """A class that can be subscribed with types, which changes nothing."""

    def __class_getitem__(cls, parameters):
        return cls


class _ProtocolMeta(ABCMeta):
    def __call__(cls, *args, **kwargs):
        if cls.__dict__.get('_is_protocol'):
            raise TypeError('Protocols cannot be instantiated')
        return super().__call__(*args, **kwargs)

    def __instancecheck__(cls, instance):
        if not cls.__dict__.get('_is_protocol'):
            return super().__instancecheck__(instance)
        if not getattr(cls, '_is_runtime_protocol', False):
            raise TypeError(
                'Instance and class checks can only be used with @runtime_checkable protocols'
            )
        return all(hasattr(instance, name) for name in _protocol_names(cls))

    def __subclasscheck__(cls, other):
        if not cls.__dict__.get('_is_protocol'):
            return super().__subclasscheck__(other)
        if not getattr(cls, '_is_runtime_protocol', False):
            raise TypeError(
                'Instance and class checks can only be used with @runtime_checkable protocols'
            )
        names = _protocol_names(cls)
        if any(not callable(getattr(cls, name, None)) for name in names):
            raise TypeError("Protocols with non-method members don't support issubclass().")
        return all(any(name in getattr(base, '__dict__', {}) for base in other.__mro__)
                   for name in names)


def _protocol_names(cls):
    names = set()
    for base in cls.__mro__:
        if base in (object, Protocol, Generic):
            continue
        own = getattr(base, '__dict__', {})
        names.update(own.get('__annotations__', {}))
        names.update(name for name in own if name not in _NOT_OF_PROTOCOL)
    return names


_NOT_OF_PROTOCOL = frozenset({
    '__module__', '__qualname__', '__doc__', '__annotations__', '__dict__', '__weakref__',
    '__abstractmethods__', '_abc_registry', '_is_protocol', '_is_runtime_protocol', '__init__',
    '__slots__', '__classcell__', '__class_getitem__', '__subclasshook__', '__hash__',
    '__firstlineno__', '__static_attributes__', '__init_subclass__',
})


class Protocol(Generic, metaclass=_ProtocolMeta):
    """A class whose attributes say what an object must have."""

    _is_protocol = True

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls._is_protocol = any(base is Protocol for base in cls.__bases__)

    @classmethod
    def __subclasshook__(cls, subclass):
        return NotImplemented


def runtime_checkable(cls):
    """Makes isinstance() look at which attributes there are."""
    cls._is_runtime_protocol = True
    return cls


runtime = runtime_checkable


@runtime_checkable
class SupportsInt(Protocol):
    def __int__(self):
        pass


@runtime_checkable
class SupportsFloat(Protocol):
    def __float__(self):
        pass


@runtime_checkable
class SupportsIndex(Protocol):
    def __index__(self):
        pass


@runtime_checkable
class SupportsAbs(Protocol):
    def __abs__(self):
        pass


@runtime_checkable
class SupportsRound(Protocol):
    def __round__(self, ndigits=0):
        pass


class _NamedTupleMeta(type):
    def __new__(mcls, name, bases, namespace):
        if not bases:
            return super().__new__(mcls, name, bases, namespace)
        fields = tuple(namespace.get('__annotations__', {}))
        defaults = {}
        for field in fields:
            if field.startswith('_'):
                raise ValueError(f'Field names cannot start with an underscore: {field!r}')
            if field in namespace:
                defaults[field] = namespace[field]
            elif defaults:
                previous = list(defaults)
                plural = 's' if len(previous) > 1 else ''
                raise TypeError(
                    f'non-default namedtuple field {field} cannot follow default '
                    f'field{plural} {", ".join(previous)}'
                )
        for forbidden in ('__new__', '__init__', '__slots__', '__getnewargs__', '_fields',
                          '_field_defaults', '_field_types', '_make', '_replace', '_asdict',
                          '_source'):
            if forbidden in namespace:
                raise AttributeError(f'Cannot overwrite NamedTuple attribute {forbidden}')
        extra = {
            key: value for key, value in namespace.items()
            if key not in defaults and key not in ('__classcell__',)
        }
        return _tuple_type(name, fields, defaults, namespace.get('__module__'), extra)

    def __call__(cls, typename, fields=None, /, **kwargs):
        pairs = list(fields) if fields is not None else list(kwargs.items())
        return _tuple_type(typename, tuple(name for name, _ in pairs), {}, '__main__')


class NamedTuple(metaclass=_NamedTupleMeta):
    """A subclass of tuple with named fields, from annotations."""


class _TypedDictMeta(type):
    def __new__(mcls, name, bases, namespace, total=True, **kwargs):
        annotations = {}
        for base in bases:
            annotations.update(getattr(base, '__annotations__', {}))
        annotations.update(namespace.get('__annotations__', {}))
        namespace['__annotations__'] = annotations
        namespace['__total__'] = total
        return super().__new__(mcls, name, bases, namespace)

    def __call__(cls, *args, **kwargs):
        if cls is TypedDict:
            name, fields = args
            return _TypedDictMeta(name, (TypedDict,), {'__annotations__': dict(fields)}, **kwargs)
        return dict(*args, **kwargs)

    def __instancecheck__(cls, instance):
        raise TypeError('TypedDict does not support instance and class checks')


class TypedDict(metaclass=_TypedDictMeta):
    """A dict, as far as the program is concerned."""


class NewType:
    def __init__(self, name, tp):
        self.__name__ = name
        self.__supertype__ = tp

    def __call__(self, x):
        return x

    def __repr__(self):
        return f'__main__.{self.__name__}'

    def __or__(self, other):
        return self

    __ror__ = __or__


class TypeAliasType(_Form):
    def __init__(self, name, value, *, type_params=()):
        self._name = self.__name__ = name
        self.__value__ = value

    def __repr__(self):
        return self._name


def cast(typ, val):
    return val


def assert_type(val, typ, /):
    return val


def assert_never(arg, /):
    raise AssertionError(f'Expected code to be unreachable, but got: {arg!r}')


def reveal_type(obj, /):
    return obj


def overload(func):
    def stand_in(*args, **kwds):
        raise NotImplementedError(
            'You should not call an overloaded function. A series of @overload-decorated '
            'functions outside a stub module should always be followed by an implementation '
            'that is not @overload-ed.'
        )
    return stand_in


def final(f):
    return f


def override(method, /):
    return method


def no_type_check(arg):
    return arg


def dataclass_transform(**options):
    return lambda cls_or_fn: cls_or_fn


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    hints = {}
    for base in reversed(getattr(obj, '__mro__', (obj,))):
        hints.update(getattr(base, '__dict__', {}).get('__annotations__', {}))
    return hints


def get_origin(tp):
    return None


def get_args(tp):
    return ()
