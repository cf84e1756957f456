"""dataclasses. What a field is annotated with is known as text only."""
from _loopsim import closest as _closest, has_methods as _has_methods, version as _version
from collections import _names_of
from types import GenericAlias, MappingProxyType


class FrozenInstanceError(AttributeError):
    pass


class _Missing:
    def __repr__(self):
        return '<dataclasses._MISSING_TYPE object>'


MISSING = _Missing()


class _KwOnly:
    pass


KW_ONLY = _KwOnly()


class InitVar:
    """A parameter of __init__ that is no field."""

    def __init__(self, type):
        self.type = type

    def __class_getitem__(cls, type):
        return InitVar(type)

    def __repr__(self):
        name = self.type.__name__ if isinstance(self.type, type) else repr(self.type)
        return f'dataclasses.InitVar[{name}]'


class _HasDefaultFactory:
    def __repr__(self):
        return '<factory>'


_FACTORY = _HasDefaultFactory()


class Field:
    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only, doc):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = MappingProxyType({} if metadata is None else metadata)
        self.kw_only = kw_only
        self.doc = doc
        self._field_type = None

    def __repr__(self):
        return (
            f'Field(name={self.name!r},type={self.type!r},default={self.default!r},'
            f'default_factory={self.default_factory!r},init={self.init!r},repr={self.repr!r},'
            f'hash={self.hash!r},compare={self.compare!r},metadata={self.metadata!r},'
            f'kw_only={self.kw_only!r},doc={self.doc!r},_field_type={self._field_type})'
        )

    def __set_name__(self, owner, name):
        hook = getattr(type(self.default), '__set_name__', None)
        if hook:
            hook(self.default, owner, name)


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None,
          compare=True, metadata=None, kw_only=MISSING, doc=None):
    """Says more of a field than its default."""
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError('cannot specify both default and default_factory')
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only, doc)


def _is(annotation, name, module):
    """Whether an annotation, as text, is of this kind."""
    text = annotation.strip().strip('"\'')
    head = text.split('[')[0].strip()
    return head in (name, f'{module}.{name}')


def _plain(annotation):
    """The builtin type that an annotation names, or its text."""
    return _BUILTIN_TYPES.get(annotation, annotation)


_BUILTIN_TYPES = {
    'int': int, 'float': float, 'str': str, 'bool': bool, 'bytes': bytes, 'list': list,
    'dict': dict, 'tuple': tuple, 'set': set, 'frozenset': frozenset, 'object': object,
    'type': type, 'None': None,
}


def _fields_of(cls, kw_only):
    """All fields by name: those of the bases first."""
    fields = {}
    for base in cls.__mro__[-1:0:-1]:
        inherited = getattr(base, '__dict__', {}).get('__dataclass_fields__')
        if inherited is not None:
            fields.update(inherited)
    annotations = cls.__dict__.get('__annotations__', {})
    own = []
    seen_kw_only = False
    for name, annotation in annotations.items():
        if _is(annotation, 'KW_ONLY', 'dataclasses'):
            if seen_kw_only:
                raise TypeError(f'{name!r} is KW_ONLY, but KW_ONLY has already been specified')
            seen_kw_only = kw_only = True
            continue
        own.append(_own_field(cls, name, annotation, kw_only))
    for one in own:
        fields[one.name] = one
        if isinstance(cls.__dict__.get(one.name), Field):
            if one.default is MISSING:
                delattr(cls, one.name)
            else:
                setattr(cls, one.name, one.default)
    for name, value in list(cls.__dict__.items()):
        if isinstance(value, Field) and name not in annotations:
            raise TypeError(f'{name!r} is a field but has no type annotation')
    return fields


def _own_field(cls, name, annotation, kw_only):
    default = cls.__dict__.get(name, MISSING)
    if isinstance(default, Field):
        one = default
    else:
        if type(default).__name__ == 'member_descriptor':
            default = MISSING
        one = field(default=default)
    one.name = name
    one.type = _plain(annotation)
    one._field_type = '_FIELD'
    if _is(annotation, 'ClassVar', 'typing'):
        one._field_type = '_FIELD_CLASSVAR'
    elif _is(annotation, 'InitVar', 'dataclasses'):
        one._field_type = '_FIELD_INITVAR'
    if one._field_type != '_FIELD' and one.default_factory is not MISSING:
        raise TypeError(f'field {name} cannot have a default factory')
    if one._field_type == '_FIELD_CLASSVAR':
        if one.kw_only is not MISSING:
            raise TypeError(f'field {name} is a ClassVar but specifies kw_only')
    elif one.kw_only is MISSING:
        one.kw_only = kw_only
    if one._field_type == '_FIELD' and one.default is not MISSING and \
            not _has_methods(type(one.default), ('__hash__',)):
        raise ValueError(
            f'mutable default {type(one.default)} for field {name} is not allowed: '
            'use default_factory'
        )
    return one


def _missing_error(what, missing, kind):
    plural = '' if len(missing) == 1 else 's'
    return TypeError(
        f'{what}() missing {len(missing)} required {kind} argument{plural}: {_names_of(missing)}'
    )


def _make_init(cls, fields, frozen):
    """__init__, as the class would have it written out."""
    parameters = [one for one in fields if one.init]
    positional = [one for one in parameters if not one.kw_only]
    keyword_only = [one for one in parameters if one.kw_only]
    seen_default = None
    for one in positional:
        if one.default is not MISSING or one.default_factory is not MISSING:
            seen_default = one
        elif seen_default:
            raise TypeError(
                f'non-default argument {one.name!r} follows default argument '
                f'{seen_default.name!r}'
            )
    names = tuple(one.name for one in positional)
    known = {one.name: one for one in parameters}
    later = [
        one for one in fields
        if one._field_type == '_FIELD' and not one.init and one.default_factory is not MISSING
    ]
    init_vars = [one.name for one in fields if one._field_type == '_FIELD_INITVAR']
    has_post_init = hasattr(cls, '__post_init__')
    count = len(positional)
    simple = (
        not keyword_only and not later and not init_vars and not has_post_init and not frozen
    )
    what = f'{cls.__qualname__}.__init__' if _version >= (3, 10) else '__init__'
    store = object.__setattr__ if frozen else setattr

    def bind(args, kwargs):
        if len(args) > count:
            raise _too_many(what, positional, keyword_only, args, kwargs)
        values = dict(zip(names, args))
        for name, value in kwargs.items():
            if name in values:
                raise TypeError(f"{what}() got multiple values for argument '{name}'")
            if name not in known:
                hint = _similar(name, known)
                raise TypeError(f"{what}() got an unexpected keyword argument '{name}'{hint}")
            values[name] = value
        missing = []
        for group, kind in ((positional, 'positional'), (keyword_only, 'keyword-only')):
            for one in group:
                if one.name not in values:
                    if one.default_factory is not MISSING:
                        values[one.name] = _FACTORY
                    elif one.default is not MISSING:
                        values[one.name] = one.default
                    else:
                        missing.append(one.name)
            if missing:
                raise _missing_error(what, missing, kind)
        return values

    def __init__(self, *args, **kwargs):
        if simple and not kwargs and len(args) == count:
            for name, value in zip(names, args):
                setattr(self, name, value)
            return
        values = bind(args, kwargs)
        for one in fields:
            if one._field_type != '_FIELD':
                continue
            name = one.name
            if one.init:
                value = values[name]
                if value is _FACTORY:
                    value = one.default_factory()
                store(self, name, value)
            elif one.default_factory is not MISSING:
                store(self, name, one.default_factory())
        if has_post_init:
            self.__post_init__(*[values[name] for name in init_vars])

    __init__.__qualname__ = f'{cls.__qualname__}.__init__'
    __init__.__module__ = cls.__module__
    return __init__


def _similar(name, known):
    close = _closest(name, list(known))
    return f". Did you mean '{close}'?" if close else ''


def _too_many(what, positional, keyword_only, args, kwargs):
    count = len(positional)
    required = sum(
        1 for one in positional
        if one.default is MISSING and one.default_factory is MISSING
    )
    takes = str(count + 1)
    if required < count:
        takes = f'from {required + 1} to {count + 1}'
    plural = 's' if count else ''
    given = len(args) + 1
    keyword_given = sum(1 for one in keyword_only if one.name in kwargs)
    if keyword_given:
        more = '' if keyword_given == 1 else 's'
        return TypeError(
            f'{what}() takes {takes} positional argument{plural} but {given} positional arguments '
            f'(and {keyword_given} keyword-only argument{more}) were given'
        )
    return TypeError(
        f'{what}() takes {takes} positional argument{plural} but {given} were given'
    )


_writing = set()


def _make_repr(fields):
    names = [one.name for one in fields if one.repr]

    def __repr__(self):
        key = id(self)
        if key in _writing:
            return '...'
        _writing.add(key)
        try:
            shown = ', '.join([f'{name}={getattr(self, name)!r}' for name in names])
            return f'{type(self).__qualname__}({shown})'
        finally:
            _writing.discard(key)

    return __repr__


def _make_eq(fields):
    names = [one.name for one in fields if one.compare]

    def __eq__(self, other):
        if self is other:
            return True
        if type(other) is not type(self):
            return NotImplemented
        for name in names:
            mine, theirs = getattr(self, name), getattr(other, name)
            if not (mine == theirs):
                return False
        return True

    return __eq__


def _make_order(fields):
    names = [one.name for one in fields if one.compare]

    def values(self):
        return tuple([getattr(self, name) for name in names])

    def __lt__(self, other):
        if type(other) is type(self):
            return values(self) < values(other)
        return NotImplemented

    def __le__(self, other):
        if type(other) is type(self):
            return values(self) <= values(other)
        return NotImplemented

    def __gt__(self, other):
        if type(other) is type(self):
            return values(self) > values(other)
        return NotImplemented

    def __ge__(self, other):
        if type(other) is type(self):
            return values(self) >= values(other)
        return NotImplemented

    return {'__lt__': __lt__, '__le__': __le__, '__gt__': __gt__, '__ge__': __ge__}


def _make_hash(fields):
    names = [one.name for one in fields if (one.compare if one.hash is None else one.hash)]

    def __hash__(self):
        return hash(tuple([getattr(self, name) for name in names]))

    return __hash__


def _freeze(cls, names):
    def __setattr__(self, name, value):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f'cannot assign to field {name!r}')
        super(cls, self).__setattr__(name, value)

    def __delattr__(self, name):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f'cannot delete field {name!r}')
        super(cls, self).__delattr__(name)

    for name, function in (('__setattr__', __setattr__), ('__delattr__', __delattr__)):
        if name in cls.__dict__:
            raise TypeError(f'Cannot overwrite attribute {name} in class {cls.__name__}')
        function.__qualname__ = f'{cls.__qualname__}.{name}'
        setattr(cls, name, function)


class _Params:
    def __init__(self, **options):
        for name, value in options.items():
            setattr(self, name, value)

    def __repr__(self):
        shown = ','.join(f'{name}={value!r}' for name, value in vars(self).items())
        return f'_DataclassParams({shown})'


def _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots,
             weakref_slot):
    if order and not eq:
        raise ValueError('eq must be true if order is true')
    any_frozen, any_thawed = False, False
    for base in cls.__mro__[1:]:
        params = getattr(base, '__dict__', {}).get('__dataclass_params__')
        if params is not None:
            any_frozen = any_frozen or params.frozen
            any_thawed = any_thawed or not params.frozen
    if any_frozen and not frozen:
        raise TypeError('cannot inherit non-frozen dataclass from a frozen one')
    if any_thawed and frozen:
        raise TypeError('cannot inherit frozen dataclass from a non-frozen one')
    fields = _fields_of(cls, kw_only)
    cls.__dataclass_params__ = _Params(
        init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash, frozen=frozen,
        match_args=match_args, kw_only=kw_only, slots=slots, weakref_slot=weakref_slot,
    )
    cls.__dataclass_fields__ = fields
    everything = [one for one in fields.values() if one._field_type != '_FIELD_CLASSVAR']
    real = [one for one in everything if one._field_type == '_FIELD']

    def define(name, function):
        function.__name__ = name
        function.__qualname__ = f'{cls.__qualname__}.{name}'
        function.__module__ = cls.__module__
        setattr(cls, name, function)

    has_hash = '__hash__' in cls.__dict__
    explicit_hash = has_hash and not (cls.__dict__['__hash__'] is None and '__eq__' in cls.__dict__)
    if init:
        define('__init__', _make_init(cls, everything, frozen))
    if '__replace__' not in cls.__dict__:
        setattr(cls, '__replace__', _replace)
    if repr and '__repr__' not in cls.__dict__:
        define('__repr__', _make_repr(real))
    had_eq = '__eq__' in cls.__dict__
    if eq and not had_eq:
        define('__eq__', _make_eq(real))
    if order:
        for name, function in _make_order(real).items():
            if name in cls.__dict__:
                raise TypeError(
                    f'Cannot overwrite attribute {name} in class {cls.__name__}. '
                    'Consider using functools.total_ordering'
                )
            define(name, function)
    if frozen:
        _freeze(cls, [one.name for one in real])
    if unsafe_hash:
        if explicit_hash:
            raise TypeError(f'Cannot overwrite attribute __hash__ in class {cls.__name__}')
        define('__hash__', _make_hash(real))
    elif eq and not explicit_hash:
        if frozen:
            define('__hash__', _make_hash(real))
        else:
            cls.__hash__ = None
    if match_args and '__match_args__' not in cls.__dict__:
        cls.__match_args__ = tuple(
            one.name for one in everything if one.init and not one.kw_only
        )
    if cls.__doc__ is None:
        cls.__doc__ = _signature(cls, everything)
    if slots:
        cls = _with_slots(cls, frozen, [one.name for one in real])
    return cls


def _signature(cls, fields):
    shown = []
    keyword = False
    ordered = [one for one in fields if one.init and not one.kw_only]
    ordered += [one for one in fields if one.init and one.kw_only]
    for one in ordered:
        if one.kw_only and not keyword:
            shown.append('*')
            keyword = True
        kind = one.type.__name__ if isinstance(one.type, type) else str(one.type)
        text = f'{one.name}: {kind}'
        if one.default is not MISSING:
            text += f' = {one.default!r}'
        elif one.default_factory is not MISSING:
            text += ' = <factory>'
        shown.append(text)
    return f'{cls.__name__}({", ".join(shown)})'


def _with_slots(cls, frozen, names):
    if '__slots__' in cls.__dict__:
        raise TypeError(f'{cls.__name__} already specifies __slots__')
    namespace = {
        name: value for name, value in cls.__dict__.items()
        if name not in names and name not in ('__dict__', '__weakref__')
    }
    inherited = set()
    for base in cls.__mro__[1:-1]:
        slots = getattr(base, '__dict__', {}).get('__slots__', ())
        inherited.update((slots,) if isinstance(slots, str) else slots)
    namespace['__slots__'] = tuple(name for name in names if name not in inherited)
    for name in ('__setattr__', '__delattr__'):
        if frozen:
            namespace.pop(name, None)
    new = type(cls)(cls.__name__, cls.__bases__, namespace)
    new.__qualname__ = cls.__qualname__
    if frozen:
        _freeze(new, names)
    return new


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False,
              frozen=False, match_args=True, kw_only=False, slots=False, weakref_slot=False):
    """Adds __init__ and its kin to a class, by its annotated names."""
    def wrap(cls):
        return _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only,
                        slots, weakref_slot)
    return wrap if cls is None else wrap(cls)


def fields(class_or_instance):
    """The fields, as a tuple."""
    found = getattr(class_or_instance, '__dataclass_fields__', None)
    if found is None:
        raise TypeError('must be called with a dataclass type or instance')
    return tuple(one for one in found.values() if one._field_type == '_FIELD')


def is_dataclass(obj):
    """Whether it is a dataclass, or an instance of one."""
    cls = obj if isinstance(obj, type) else type(obj)
    return hasattr(cls, '__dataclass_fields__')


def _is_instance(obj):
    return hasattr(type(obj), '__dataclass_fields__')


def asdict(obj, *, dict_factory=dict):
    """The fields as a dict, and those of what is in there."""
    if not _is_instance(obj):
        raise TypeError('asdict() should be called on dataclass instances')
    return _asdict(obj, dict_factory)


def _asdict(obj, dict_factory):
    kind = type(obj)
    if kind in _ATOMIC:
        return obj
    if _is_instance(obj):
        return dict_factory([
            (one.name, _asdict(getattr(obj, one.name), dict_factory)) for one in fields(obj)
        ])
    if isinstance(obj, tuple) and hasattr(obj, '_fields'):
        return kind(*[_asdict(value, dict_factory) for value in obj])
    if isinstance(obj, (list, tuple)):
        return kind(_asdict(value, dict_factory) for value in obj)
    if isinstance(obj, dict):
        pairs = [
            (_asdict(key, dict_factory), _asdict(value, dict_factory))
            for key, value in obj.items()
        ]
        if hasattr(kind, 'default_factory') or hasattr(obj, 'default_factory'):
            result = kind(getattr(obj, 'default_factory'))
            for key, value in pairs:
                result[key] = value
            return result
        return kind(pairs)
    from copy import deepcopy
    return deepcopy(obj)


_ATOMIC = frozenset({type(None), bool, int, float, str, bytes, type(Ellipsis), type, range})


def astuple(obj, *, tuple_factory=tuple):
    """The fields as a tuple, and those of what is in there."""
    if not _is_instance(obj):
        raise TypeError('astuple() should be called on dataclass instances')
    return _astuple(obj, tuple_factory)


def _astuple(obj, tuple_factory):
    kind = type(obj)
    if kind in _ATOMIC:
        return obj
    if _is_instance(obj):
        return tuple_factory([
            _astuple(getattr(obj, one.name), tuple_factory) for one in fields(obj)
        ])
    if isinstance(obj, tuple) and hasattr(obj, '_fields'):
        return kind(*[_astuple(value, tuple_factory) for value in obj])
    if isinstance(obj, (list, tuple)):
        return kind(_astuple(value, tuple_factory) for value in obj)
    if isinstance(obj, dict):
        return kind(
            (_astuple(key, tuple_factory), _astuple(value, tuple_factory))
            for key, value in obj.items()
        )
    from copy import deepcopy
    return deepcopy(obj)


def replace(obj, /, **changes):
    """A new object with other values for some fields."""
    if not _is_instance(obj):
        raise TypeError('replace() should be called on dataclass instances')
    return _replace(obj, **changes)


def _replace(self, /, **changes):
    for one in type(self).__dataclass_fields__.values():
        if one._field_type == '_FIELD_CLASSVAR':
            continue
        if not one.init:
            if one.name in changes:
                raise (TypeError if _version >= (3, 13) else ValueError)(
                    f'field {one.name} is declared with init=False, it cannot be specified with '
                    'replace()'
                )
            continue
        if one.name not in changes:
            if one._field_type == '_FIELD_INITVAR' and one.default is MISSING:
                raise (TypeError if _version >= (3, 13) else ValueError)(
                    f'InitVar {one.name!r} must be specified with replace()'
                )
            changes[one.name] = getattr(self, one.name)
    return type(self)(**changes)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, init=True, repr=True, eq=True,
                   order=False, unsafe_hash=False, frozen=False, match_args=True, kw_only=False,
                   slots=False, weakref_slot=False, module=None):
    """A dataclass that is not written out."""
    annotations = {}
    contents = {} if namespace is None else dict(namespace)
    for item in fields:
        if isinstance(item, str):
            annotations[item] = 'typing.Any'
            continue
        name, kind, *default = item
        annotations[name] = kind.__name__ if isinstance(kind, type) else str(kind)
        if default:
            contents[name] = default[0]
    contents['__annotations__'] = annotations
    contents['__module__'] = module or '__main__'
    cls = type(cls_name, tuple(bases), contents)
    return dataclass(
        cls, init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash, frozen=frozen,
        match_args=match_args, kw_only=kw_only, slots=slots, weakref_slot=weakref_slot,
    )
