"""bytearray and memoryview, on top of bytes."""


def _byte(value):
    try:
        value = value.__index__()
    except AttributeError:
        raise TypeError(
            f"'{type(value).__name__}' object cannot be interpreted as an integer") from None
    if not 0 <= value <= 255:
        raise ValueError('byte must be in range(0, 256)')
    return value


def _plain(value):
    """What is given where bytes are wanted, as bytes."""
    if isinstance(value, (bytearray, memoryview)):
        return bytes(value._items)
    return value


def _wanted(value):
    value = _plain(value)
    if not isinstance(value, bytes):
        raise TypeError(
            f"a bytes-like object is required, not '{type(value).__name__}'")
    return value


class bytearray:
    """Bytes that can be changed."""

    __module__ = 'builtins'
    __slots__ = ('_items',)
    __hash__ = None

    def __init__(self, source=b'', encoding=None, errors='strict'):
        if isinstance(source, str):
            if encoding is None:
                raise TypeError('string argument without an encoding')
            self._items = list(source.encode(encoding, errors))
        elif encoding is not None:
            raise TypeError('encoding without a string argument')
        elif isinstance(source, int):
            if source < 0:
                raise ValueError('negative count')
            self._items = [0] * source
        elif isinstance(source, (bytearray, memoryview)):
            self._items = list(source._items)
        elif isinstance(source, bytes):
            self._items = list(source)
        else:
            try:
                given = iter(source)
            except TypeError:
                raise TypeError(
                    f"cannot convert '{type(source).__name__}' object to bytearray") from None
            self._items = [_byte(value) for value in given]

    @classmethod
    def fromhex(cls, string):
        return cls(bytes.fromhex(string))

    @staticmethod
    def maketrans(frm, to, /):
        return bytes.maketrans(frm, to)

    def __repr__(self):
        return f'{type(self).__name__}({bytes(self._items)!r})'

    def __bytes__(self):
        return bytes(self._items)

    def __len__(self):
        return len(self._items)

    def __iter__(self):
        return iter(self._items)

    def __reversed__(self):
        return reversed(self._items)

    def __contains__(self, value):
        if isinstance(value, int):
            return _byte(value) in self._items
        return _wanted(value) in bytes(self._items)

    def __getitem__(self, key):
        if isinstance(key, slice):
            return bytearray(bytes(self._items[key]))
        try:
            return self._items[key]
        except IndexError:
            raise IndexError('bytearray index out of range') from None
        except TypeError:
            raise TypeError(
                f'bytearray indices must be integers or slices, not {type(key).__name__}'
            ) from None

    def __setitem__(self, key, value):
        if isinstance(key, slice):
            value = list(_plain(value)) if not isinstance(value, int) else value
            if isinstance(value, int):
                raise TypeError('can assign only bytes, buffers, or iterables of ints in range(0, 256)')
            self._items[key] = [_byte(item) for item in value]
            return
        try:
            self._items[key] = _byte(value)
        except IndexError:
            raise IndexError('bytearray index out of range') from None

    def __delitem__(self, key):
        try:
            del self._items[key]
        except IndexError:
            raise IndexError('bytearray index out of range') from None

    def __eq__(self, other):
        other = _plain(other)
        return bytes(self._items) == other if isinstance(other, bytes) else NotImplemented

    def __lt__(self, other):
        other = _plain(other)
        return bytes(self._items) < other if isinstance(other, bytes) else NotImplemented

    def __le__(self, other):
        other = _plain(other)
        return bytes(self._items) <= other if isinstance(other, bytes) else NotImplemented

    def __gt__(self, other):
        other = _plain(other)
        return bytes(self._items) > other if isinstance(other, bytes) else NotImplemented

    def __ge__(self, other):
        other = _plain(other)
        return bytes(self._items) >= other if isinstance(other, bytes) else NotImplemented

    def __add__(self, other):
        given = _plain(other)
        if not isinstance(given, bytes):
            raise TypeError(f"can't concat {type(other).__name__} to bytearray")
        return bytearray(bytes(self._items) + given)

    def __radd__(self, other):
        return other + bytes(self._items) if isinstance(other, bytes) else NotImplemented

    def __iadd__(self, other):
        given = _plain(other)
        if not isinstance(given, bytes):
            raise TypeError(f"can't concat {type(other).__name__} to bytearray")
        self._items.extend(given)
        return self

    def __mul__(self, count):
        return bytearray(bytes(self._items) * count)

    __rmul__ = __mul__

    def __imul__(self, count):
        self._items *= count
        return self

    def __mod__(self, values):
        return bytearray(bytes(self._items) % values)

    def append(self, item):
        self._items.append(_byte(item))

    def extend(self, items):
        self._items.extend(_byte(item) for item in _plain(items))

    def insert(self, index, item):
        self._items.insert(index, _byte(item))

    def pop(self, index=-1):
        if not self._items:
            raise IndexError('pop from empty bytearray')
        try:
            return self._items.pop(index)
        except IndexError:
            raise IndexError('pop index out of range') from None

    def remove(self, value):
        try:
            self._items.remove(_byte(value))
        except ValueError as error:
            if 'byte must' in str(error):
                raise
            raise ValueError('value not found in bytearray') from None

    def reverse(self):
        self._items.reverse()

    def clear(self):
        self._items.clear()

    def copy(self):
        return bytearray(self)

    def decode(self, encoding='utf-8', errors='strict'):
        return bytes(self._items).decode(encoding, errors)

    def __reduce__(self):
        return bytearray, (bytes(self._items),)


def _same(name):
    """A method of bytes whose result is the same for a bytearray."""
    def method(self, *args, **kwargs):
        args = [_plain(arg) for arg in args]
        return getattr(bytes(self._items), name)(*args, **kwargs)
    method.__name__ = name
    return method


def _made(name):
    """A method of bytes whose result is a bytearray here, or holds some."""
    def method(self, *args, **kwargs):
        args = [_plain(arg) for arg in args]
        result = getattr(bytes(self._items), name)(*args, **kwargs)
        if isinstance(result, bytes):
            return bytearray(result)
        return type(result)(bytearray(part) for part in result)
    method.__name__ = name
    return method


for _name in ('count', 'endswith', 'find', 'hex', 'index', 'isalnum', 'isalpha', 'isascii',
              'isdigit', 'islower', 'isspace', 'istitle', 'isupper', 'rfind', 'rindex',
              'startswith'):
    setattr(bytearray, _name, _same(_name))
for _name in ('capitalize', 'center', 'expandtabs', 'join', 'ljust', 'lower', 'lstrip',
              'partition', 'removeprefix', 'removesuffix', 'replace', 'rjust', 'rpartition',
              'rsplit', 'rstrip', 'split', 'splitlines', 'strip', 'swapcase', 'title',
              'translate', 'upper', 'zfill'):
    setattr(bytearray, _name, _made(_name))


class _Window:
    """Part of the items of a bytearray, as a memoryview sees it."""

    def __init__(self, items, at):
        self.items = items
        self.at = at

    def __iter__(self):
        return iter([self.items[at] for at in self.at])

    def __len__(self):
        return len(self.at)


class memoryview:
    """A view of the bytes of another object."""

    __module__ = 'builtins'
    __slots__ = ('_window', 'obj')

    def __init__(self, object):
        if isinstance(object, memoryview):
            self._window, self.obj = object._window, object.obj
        elif isinstance(object, bytearray):
            self._window = _Window(object._items, range(len(object._items)))
            self.obj = object
        elif isinstance(object, bytes):
            self._window = _Window(object, range(len(object)))
            self.obj = object
        else:
            raise TypeError(
                f"memoryview: a bytes-like object is required, not '{type(object).__name__}'")

    @property
    def _items(self):
        if self._window is None:
            raise ValueError('operation forbidden on released memoryview object')
        return list(self._window)

    @property
    def readonly(self):
        return isinstance(self.obj, bytes)

    @property
    def nbytes(self):
        return len(self._items)

    itemsize = 1
    format = 'B'
    ndim = 1

    @property
    def shape(self):
        return (len(self._items),)

    def __len__(self):
        return len(self._items)

    def __iter__(self):
        return iter(self._items)

    def __bytes__(self):
        return bytes(self._items)

    def __getitem__(self, key):
        items = self._items
        if isinstance(key, slice):
            part = memoryview(self)
            part._window = _Window(self._window.items, self._window.at[key])
            return part
        try:
            return items[key]
        except IndexError:
            raise IndexError('index out of bounds on dimension 1') from None

    def __setitem__(self, key, value):
        if self.readonly:
            raise TypeError('cannot modify read-only memory')
        window = self._window
        if isinstance(key, slice):
            given = list(_wanted(value))
            places = window.at[key]
            if len(given) != len(places):
                raise ValueError(
                    'memoryview assignment: lvalue and rvalue have different structures')
            for at, item in zip(places, given):
                window.items[at] = item
            return
        try:
            at = window.at[key]
        except IndexError:
            raise IndexError('index out of bounds on dimension 1') from None
        if not isinstance(value, int):
            raise TypeError("memoryview: invalid type for format 'B'")
        if not 0 <= value <= 255:
            raise ValueError("memoryview: invalid value for format 'B'")
        window.items[at] = value

    def __eq__(self, other):
        other = _plain(other)
        return bytes(self._items) == other if isinstance(other, bytes) else NotImplemented

    def __hash__(self):
        if not self.readonly:
            raise ValueError('cannot hash writable memoryview object')
        return hash(bytes(self._items))

    def tobytes(self):
        return bytes(self._items)

    def tolist(self):
        return list(self._items)

    def hex(self):
        return bytes(self._items).hex()

    def release(self):
        self._window = None

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.release()
