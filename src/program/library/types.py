"""types."""


def _f():
    pass


def _g():
    yield


async def _c():
    pass


async def _ag():
    yield


class _C:
    def _m(self):
        pass


_coroutine = _c()
FunctionType = LambdaType = type(_f)
GeneratorType = type(_g())
CoroutineType = type(_coroutine)
_coroutine.close()
AsyncGeneratorType = type(_ag())
MethodType = type(_C()._m)
BuiltinFunctionType = BuiltinMethodType = type(len)
NoneType = type(None)
NotImplementedType = type(NotImplemented)
EllipsisType = type(...)


class SimpleNamespace:
    """An object with attributes."""

    def __init__(self, mapping_or_iterable=(), /, **kwargs):
        for name, value in dict(mapping_or_iterable).items():
            setattr(self, name, value)
        for name, value in kwargs.items():
            setattr(self, name, value)

    def __repr__(self):
        name = type(self).__name__
        if name == 'SimpleNamespace':
            name = 'namespace'
        shown = ', '.join(f'{key}={value!r}' for key, value in self.__dict__.items())
        return f'{name}({shown})'

    def __eq__(self, other):
        if isinstance(self, SimpleNamespace) and isinstance(other, SimpleNamespace):
            return self.__dict__ == other.__dict__
        return NotImplemented

    __hash__ = None


class mappingproxy:
    """A mapping that cannot be changed."""

    def __init__(self, mapping):
        self._mapping = mapping

    def __getitem__(self, key):
        return self._mapping[key]

    def __contains__(self, key):
        return key in self._mapping

    def __iter__(self):
        return iter(self._mapping)

    def __len__(self):
        return len(self._mapping)

    def __repr__(self):
        return f'mappingproxy({self._mapping!r})'

    def __str__(self):
        return str(self._mapping)

    def __eq__(self, other):
        return self._mapping == (
            other._mapping if isinstance(other, mappingproxy) else other
        )

    def __or__(self, other):
        return self._mapping | dict(other)

    def get(self, key, default=None):
        return self._mapping.get(key, default)

    def keys(self):
        return self._mapping.keys()

    def values(self):
        return self._mapping.values()

    def items(self):
        return self._mapping.items()

    def copy(self):
        return self._mapping.copy()


MappingProxyType = mappingproxy


class GenericAlias:
    """A type with parameters, which change nothing."""

    def __new__(cls, origin, args):
        return origin


class TracebackType:
    pass


class FrameType:
    pass


class CodeType:
    pass


class ModuleType:
    pass


class DynamicClassAttribute(property):
    pass


def new_class(name, bases=(), kwds=None, exec_body=None):
    """A class that is not written out."""
    namespace = {}
    if exec_body is not None:
        exec_body(namespace)
    metaclass = type
    kwds = dict(kwds or {})
    if 'metaclass' in kwds:
        metaclass = kwds.pop('metaclass')
    elif bases:
        metaclass = type(bases[0])
    return metaclass(name, tuple(bases), namespace, **kwds)


def resolve_bases(bases):
    return bases


def coroutine(func):
    """Makes a generator function one whose generators can be awaited."""
    def wrapper(*args, **kwargs):
        return _Awaited(func(*args, **kwargs))
    return wrapper


class _Awaited:
    def __init__(self, generator):
        self._generator = generator

    def __await__(self):
        return self._generator

    def __iter__(self):
        return self._generator
