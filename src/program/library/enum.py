"""enum."""
from _loopsim import version as _version


class auto:
    """A value that is chosen when the class is made."""

    def __init__(self, value=None):
        self.value = value

    def __or__(self, other):
        return _Combined(lambda a, b: a | b, self, other)

    def __and__(self, other):
        return _Combined(lambda a, b: a & b, self, other)

    def __xor__(self, other):
        return _Combined(lambda a, b: a ^ b, self, other)

    __ror__, __rand__, __rxor__ = __or__, __and__, __xor__

    def __repr__(self):
        return f'auto({self.value if self.value is not None else ""})'


class _Combined(auto):
    """What auto() values give together, once they are chosen."""

    def __init__(self, combine, left, right):
        self.combine, self.left, self.right = combine, left, right

    @property
    def value(self):
        parts = [
            part.value if isinstance(part, auto) else part for part in (self.left, self.right)
        ]
        return self.combine(*parts)


class nonmember:
    """Keeps a name of an enum's body from becoming a member."""

    def __init__(self, value):
        self.value = value


class member:
    """Makes a name of an enum's body a member."""

    def __init__(self, value):
        self.value = value


_BOUND = frozenset({'function', 'property', 'method_descriptor', 'member_descriptor', 'partial'})


def _is_descriptor(value):
    kind = type(value)
    if kind.__name__ in _BOUND or isinstance(value, (classmethod, staticmethod)):
        return True
    return hasattr(kind, '__get__') or hasattr(kind, '__set__') or hasattr(kind, '__delete__')


def _is_dunder(name):
    return len(name) > 4 and name[:2] == name[-2:] == '__' and name[2] != '_' and name[-3] != '_'


def _is_sunder(name):
    return len(name) > 2 and name[0] == name[-1] == '_' and name[1] != '_' and name[-2] != '_'


def _is_private(cls_name, name):
    return name.startswith(f'_{cls_name}__') and not name.endswith('__')


def _is_single_bit(value):
    return value > 0 and value & (value - 1) == 0


class EnumType(type):
    """The class of enums."""

    def __new__(metacls, cls, bases, namespace, *, boundary=None, _simple=False, **kwds):
        if not _started:
            return super().__new__(metacls, cls, bases, namespace)
        for base in bases:
            if isinstance(base, EnumType) and base._member_map_:
                raise TypeError(f'<enum {cls!r}> cannot extend {base!r}')
        ignored = namespace.get('_ignore_', [])
        if isinstance(ignored, str):
            ignored = ignored.replace(',', ' ').split()
        members = {}
        rest = {}
        for name, value in namespace.items():
            if name == '_ignore_' or name in ignored:
                continue
            if isinstance(value, nonmember):
                rest[name] = value.value
            elif isinstance(value, member):
                members[name] = value.value
            elif _is_sunder(name) or _is_dunder(name) or _is_private(cls, name):
                if _is_sunder(name) and name not in _SUNDERS:
                    raise ValueError(
                        f'_sunder_ names, such as {name!r}, are reserved for future Enum use'
                    )
                rest[name] = value
            elif _is_descriptor(value) or isinstance(value, type) and _version >= (3, 13):
                rest[name] = value
            else:
                members[name] = value
        for name in members:
            if name in ('mro', ''):
                raise ValueError(f'invalid enum member name(s) {name!r}')
        member_type, first_enum = _member_type(cls, bases)
        generate = rest.get('_generate_next_value_')
        if generate is None:
            generate = first_enum._generate_next_value_
        elif isinstance(generate, staticmethod):
            generate = generate.__func__
        if '_generate_next_value_' in rest:
            rest['_generate_next_value_'] = staticmethod(generate)
        members = _resolve_autos(members, generate)
        new_member = rest.pop('__new__', None)
        enum_class = super().__new__(metacls, cls, bases, rest, **kwds)
        enum_class._member_names_ = []
        enum_class._member_map_ = {}
        enum_class._value2member_map_ = {}
        enum_class._unhashable_values_ = []
        enum_class._member_type_ = member_type
        if boundary is not None:
            enum_class._boundary_ = boundary
        if new_member is not None:
            enum_class.__new_member__ = new_member
        enum_class.__new__ = Enum.__new__
        make = new_member or getattr(enum_class, '__new_member__', None)
        is_flag = Flag is not None and issubclass(enum_class, Flag)
        if is_flag:
            enum_class._flag_mask_ = 0
            enum_class._singles_mask_ = 0
            enum_class._all_bits_ = 0
        for name, value in members.items():
            _add_member(enum_class, name, value, make, member_type, is_flag)
        if is_flag:
            enum_class._all_bits_ = 2 ** enum_class._flag_mask_.bit_length() - 1
            ordered = [enum_class._member_map_[name]._value_ for name in enum_class._member_names_]
            if ordered != sorted(ordered):
                enum_class._member_names_.sort(
                    key=lambda name: enum_class._member_map_[name]._value_
                )
        return enum_class

    def __call__(cls, value, names=None, *values, module=None,
                 qualname=None, type=None, start=1, boundary=None):
        if cls._member_map_:
            if names is not None or values:
                given = [] if names is None else [names]
                value = (value, *given, *values)
            return cls.__new__(cls, value)
        if names is None:
            return cls.__new__(cls, value)
        return cls._create_(value, names, module=module, qualname=qualname, type=type,
                            start=start, boundary=boundary)

    def _create_(cls, class_name, names, *, module=None, qualname=None, type=None, start=1,
                 boundary=None):
        bases = (cls,) if type is None else (type, cls)
        if isinstance(names, str):
            names = names.replace(',', ' ').split()
        namespace = {}
        if isinstance(names, (tuple, list)) and names and isinstance(names[0], str):
            last = []
            for count, name in enumerate(names):
                value = cls._generate_next_value_(name, start, count, last[:])
                last.append(value)
                namespace[name] = value
        else:
            pairs = names.items() if hasattr(names, 'items') else names
            for name, value in pairs:
                namespace[name] = value
        namespace['__module__'] = module or '__main__'
        namespace['__qualname__'] = qualname or class_name
        return EnumType.__new__(EnumType, class_name, bases, namespace, boundary=boundary)

    def __iter__(cls):
        return (cls._member_map_[name] for name in cls._member_names_)

    def __reversed__(cls):
        return (cls._member_map_[name] for name in reversed(cls._member_names_))

    def __len__(cls):
        return len(cls._member_names_)

    def __bool__(cls):
        return True

    def __contains__(cls, value):
        if isinstance(value, cls):
            return True
        if _version < (3, 12):
            if not isinstance(value, Enum):
                raise TypeError(
                    f"unsupported operand type(s) for 'in': '{type(value).__qualname__}' and "
                    f"'{type(cls).__qualname__}'"
                )
            return False
        try:
            cls(value)
        except ValueError:
            return False
        return True

    def __getitem__(cls, name):
        return cls._member_map_[name]

    @property
    def __members__(cls):
        from types import MappingProxyType
        return MappingProxyType(cls._member_map_)

    def __repr__(cls):
        if Flag is not None and issubclass(cls, Flag):
            return f'<flag {cls.__name__!r}>'
        return f'<enum {cls.__name__!r}>'

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get('_member_map_', {}):
            raise AttributeError(f'cannot reassign member {name!r}')
        super().__setattr__(name, value)

    def __delattr__(cls, name):
        if name in cls.__dict__.get('_member_map_', {}):
            raise AttributeError(f'{cls.__name__!r} cannot delete member {name!r}.')
        super().__delattr__(name)


EnumMeta = EnumType
_started = False
Flag = None
_SUNDERS = frozenset({
    '_order_', '_create_pseudo_member_', '_generate_next_value_', '_missing_', '_ignore_',
    '_iter_member_', '_iter_member_by_value_', '_iter_member_by_def_', '_add_alias_',
    '_add_value_alias_', '_numeric_repr_', '_value_', '_boundary_', '_flag_mask_', '_singles_mask_', '_all_bits_',
   
})


def _member_type(cls, bases):
    """The type that members are besides being members, and the enum that is extended."""
    if not bases:
        return object, Enum
    first_enum = bases[-1]
    if not isinstance(first_enum, EnumType):
        raise TypeError(
            'new enumerations should be created as `EnumName([mixin_type, ...] [data_type,] '
            'enum_type)`'
        )
    for chain in bases:
        for base in chain.__mro__:
            if base is object or isinstance(base, EnumType) and base._member_type_ is object:
                continue
            if isinstance(base, EnumType):
                return base._member_type_, first_enum
            if base in _DATA_TYPES or any(kind in base.__mro__ for kind in _DATA_TYPES):
                return base, first_enum
    return object, first_enum


_DATA_TYPES = (int, float, str, bytes, tuple, frozenset)


def _resolve_autos(members, generate):
    done = {}
    last = []
    for name, value in members.items():
        if isinstance(value, auto):
            if value.value is None:
                value.value = generate(name, 1, len(done), last[:])
            value = value.value
        elif isinstance(value, tuple) and any(isinstance(part, auto) for part in value):
            parts = []
            for part in value:
                if isinstance(part, auto):
                    if part.value is None:
                        part.value = generate(name, 1, len(done), last[:])
                    part = part.value
                parts.append(part)
            value = tuple(parts)
        done[name] = value
        last.append(value)
    return done


def _add_member(cls, name, value, make, member_type, is_flag):
    args = value if isinstance(value, tuple) else (value,)
    if member_type is tuple:
        args = (args,)
    if make is not None:
        new = make(cls, *args)
    elif member_type is object:
        new = object.__new__(cls)
    else:
        new = member_type.__new__(cls, *args)
    if not hasattr(new, '_value_'):
        if member_type is object:
            new._value_ = value
        else:
            try:
                new._value_ = member_type(*args)
            except Exception as error:
                raise TypeError(
                    '_value_ not set in __new__, unable to create it'
                ) from error
    value = new._value_
    new._name_ = name
    new.__objclass__ = cls
    new._sort_order_ = len(cls._member_names_)
    if cls.__init__ is not object.__init__:
        new.__init__(*args)
    value = new._value_
    known = None
    try:
        known = cls._value2member_map_.get(value)
    except TypeError:
        for other in cls._member_map_.values():
            if other._value_ == value:
                known = other
                break
    if known is not None:
        new = known
    elif is_flag and not (isinstance(value, int) and _is_single_bit(value)):
        if isinstance(value, int) and value > 0:
            cls._flag_mask_ |= value
        # A combination is an alias, and not gone through.
    else:
        cls._member_names_.append(name)
        if is_flag:
            cls._flag_mask_ |= value
            cls._singles_mask_ |= value
    type.__setattr__(cls, name, new)
    cls._member_map_[name] = new
    try:
        cls._value2member_map_.setdefault(value, new)
    except TypeError:
        cls._unhashable_values_.append(value)


class Enum(metaclass=EnumType):
    """A set of names for values."""

    _member_map_ = {}
    _member_names_ = []
    _value2member_map_ = {}
    _member_type_ = object
    _boundary_ = None

    def __new__(cls, value):
        if type(value) is cls:
            return value
        try:
            return cls._value2member_map_[value]
        except KeyError:
            pass
        except TypeError:
            for member in cls._member_map_.values():
                if member._value_ == value:
                    return member
        if not cls._member_map_ and _version >= (3, 12):
            if not (Flag is not None and issubclass(cls, Flag)):
                raise TypeError(f'{cls!r} has no members')
        try:
            error = None
            result = cls._missing_(value)
        except Exception as raised:
            error = raised
            result = None
        if isinstance(result, cls):
            return result
        if Flag is not None and issubclass(cls, Flag) and isinstance(result, int):
            return result
        wrong = ValueError(f'{value!r} is not a valid {cls.__qualname__}')
        if result is None and error is None:
            raise wrong
        if error is None:
            error = TypeError(
                f'error in {cls.__name__}._missing_: returned {result!r} instead of None or a '
                'valid member'
            )
        if not isinstance(error, ValueError):
            error.__context__ = wrong
        raise error

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start
        try:
            return max(last_values) + 1
        except TypeError:
            raise TypeError('unable to sort non-numeric values') from None

    @classmethod
    def _missing_(cls, value):
        return None

    def __repr__(self):
        return f'<{type(self).__name__}.{self._name_}: {self._value_!r}>'

    def __str__(self):
        return f'{type(self).__name__}.{self._name_}'

    def __format__(self, format_spec):
        return str.__format__(str(self), format_spec)

    def __hash__(self):
        return hash(self._name_)

    def __reduce_ex__(self, proto):
        return type(self), (self._value_,)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    @property
    def name(self):
        return self._name_

    @property
    def value(self):
        return self._value_


_started = True


class ReprEnum(Enum):
    """An enum whose members are shown as their values by str() and format()."""


class IntEnum(int, ReprEnum):
    """Members are ints, too."""

    def __str__(self):
        return int.__repr__(self._value_)

    def __format__(self, format_spec):
        return int.__format__(self._value_, format_spec)


class StrEnum(str, ReprEnum):
    """Members are strs, too."""

    def __new__(cls, *values):
        if len(values) > 3:
            raise TypeError(f'too many arguments for str(): {values!r}')
        if len(values) == 1 and not isinstance(values[0], str):
            raise TypeError(f'{values[0]!r} is not a string')
        value = str(*values)
        member = str.__new__(cls, value)
        member._value_ = value
        return member

    def __str__(self):
        return self._value_

    def __format__(self, format_spec):
        return str.__format__(self._value_, format_spec)

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()


class FlagBoundary(StrEnum):
    """What becomes of values with unknown bits."""

    STRICT = auto()
    CONFORM = auto()
    EJECT = auto()
    KEEP = auto()


STRICT, CONFORM, EJECT, KEEP = FlagBoundary


class Flag(Enum):
    """Members that can be combined."""

    _boundary_ = STRICT
    _flag_mask_ = 0
    _singles_mask_ = 0
    _all_bits_ = 0

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start if start is not None else 1
        last = max(last_values)
        return 2 ** last.bit_length()

    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            raise ValueError(f'{value!r} is not a valid {cls.__qualname__}')
        mask = cls._flag_mask_
        all_bits = cls._all_bits_
        negative = None
        if not ~all_bits <= value <= all_bits or value & (all_bits ^ mask):
            if cls._boundary_ is STRICT:
                length = max(value.bit_length(), mask.bit_length())
                raise ValueError(
                    f'{cls!r} invalid value {value!r}\n    given {_bin(value, length)}\n'
                    f'  allowed {_bin(mask, length)}'
                )
            if cls._boundary_ is CONFORM:
                value = value & mask
            elif cls._boundary_ is EJECT:
                return value
        if value < 0:
            negative = value
            value = all_bits + 1 + value if cls._boundary_ is KEEP else mask & value
        unknown = value & ~mask
        known = cls._value2member_map_.get(value)
        if known is not None:
            return known
        if cls._member_type_ is object:
            pseudo = object.__new__(cls)
        else:
            pseudo = cls._member_type_.__new__(cls, value)
        pseudo._value_ = value
        names = [
            name for name in cls._member_names_ if cls._member_map_[name]._value_ & value
        ]
        pseudo._name_ = '|'.join(names) or None
        if names and unknown:
            pseudo._name_ += f'|{unknown:#x}'
        cls._value2member_map_.setdefault(value, pseudo)
        return pseudo

    def __contains__(self, other):
        if not isinstance(other, type(self)):
            raise TypeError(
                f"unsupported operand type(s) for 'in': {type(other).__qualname__!r} and "
                f'{type(self).__qualname__!r}'
            )
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        for name in type(self)._member_names_:
            member = type(self)._member_map_[name]
            if member._value_ & self._value_:
                yield member

    def __len__(self):
        return self._value_.bit_count()

    def __repr__(self):
        name = type(self).__name__
        if self._name_ is None:
            return f'<{name}: {self._value_!r}>'
        return f'<{name}.{self._name_}: {self._value_!r}>'

    def __str__(self):
        name = type(self).__name__
        if self._name_ is None:
            return f'{name}({self._value_!r})'
        return f'{name}.{self._name_}'

    def __bool__(self):
        return bool(self._value_)

    def _number(self, other):
        if isinstance(other, type(self)):
            return other._value_
        if self._member_type_ is not object and isinstance(other, self._member_type_):
            return other
        return NotImplemented

    def __or__(self, other):
        number = self._number(other)
        if number is NotImplemented:
            return NotImplemented
        return type(self)(self._value_ | number)

    def __and__(self, other):
        number = self._number(other)
        if number is NotImplemented:
            return NotImplemented
        return type(self)(self._value_ & number)

    def __xor__(self, other):
        number = self._number(other)
        if number is NotImplemented:
            return NotImplemented
        return type(self)(self._value_ ^ number)

    __ror__ = __or__
    __rand__ = __and__
    __rxor__ = __xor__

    def __invert__(self):
        cls = type(self)
        if cls._boundary_ in (EJECT, KEEP):
            return cls(~self._value_)
        return cls(cls._singles_mask_ & ~self._value_)

    def __hash__(self):
        return hash(self._name_)


def _bin(value, length):
    digits = bin(value & (2 ** length - 1))[2:].rjust(length, '0')
    return f"0b{'1' if value < 0 else '0'} {digits}"


class IntFlag(int, ReprEnum, Flag):
    """Flags that are ints, too."""

    _boundary_ = KEEP

    def __str__(self):
        return int.__repr__(self._value_)

    def __format__(self, format_spec):
        return int.__format__(self._value_, format_spec)


def unique(enumeration):
    """Refuses an enum with two names for one value."""
    duplicates = [
        (name, member._name_) for name, member in enumeration.__members__.items()
        if name != member._name_
    ]
    if duplicates:
        details = ', '.join(f'{alias} -> {name}' for alias, name in duplicates)
        raise ValueError(f'duplicate values found in {enumeration!r}: {details}')
    return enumeration
