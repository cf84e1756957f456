"""struct, with standard sizes."""


class error(Exception):
    pass


_SIZES = {
    'x': 1, 'c': 1, 'b': 1, 'B': 1, '?': 1, 'h': 2, 'H': 2, 'i': 4, 'I': 4, 'l': 4, 'L': 4,
    'q': 8, 'Q': 8, 'n': 8, 'N': 8, 's': 1, 'p': 1, 'f': 4, 'd': 8,
}


def _parse(format):
    """Byte order, and for each item its code, count and the padding before it."""
    if isinstance(format, bytes):
        format = format.decode('ascii')
    order, native = 'little', True
    if format[:1] in ('@', '=', '<', '>', '!'):
        native = format[0] == '@'
        order = 'big' if format[0] in '>!' else 'little'
        format = format[1:]
    items = []
    count = ''
    at = 0
    for char in format:
        if char.isspace():
            continue
        if char.isdigit():
            count += char
            continue
        if char in 'fd':
            raise NotImplementedError('floats in struct are not simulated')
        if char not in _SIZES:
            raise error('bad char in struct format')
        size = 8 if native and char in 'lL' else _SIZES[char]
        padding = -at % size if native and char not in 'xcbB?sp' else 0
        number = int(count) if count else 1
        items.append((char, number, size, padding))
        at += padding + size * number
        count = ''
    if count:
        raise error('repeat count given without format specifier')
    return order, items, at


def calcsize(format):
    return _parse(format)[2]


def pack(format, /, *values):
    order, items, _ = _parse(format)
    wanted = sum(
        0 if char == 'x' else 1 if char in 'sp' else number for char, number, _, _ in items
    )
    if len(values) != wanted:
        raise error(f'pack expected {wanted} items for packing (got {len(values)})')
    values = iter(values)
    out = b''
    for char, number, size, padding in items:
        out += bytes(padding)
        if char == 'x':
            out += bytes(number)
        elif char == 's':
            value = next(values)
            if not isinstance(value, bytes):
                raise error("argument for 's' must be a bytes object")
            out += value[:number] + bytes(max(number - len(value), 0))
        else:
            for _ in range(number):
                out += _packed(char, size, order, next(values))
    return out


def _packed(char, size, order, value):
    if char == 'c':
        if not isinstance(value, bytes) or len(value) != 1:
            raise error('char format requires a bytes object of length 1')
        return value
    if char == '?':
        return b'\x01' if value else b'\x00'
    if not isinstance(value, int):
        raise error('required argument is not an integer')
    signed = char.islower()
    low, high = (-(1 << size * 8 - 1), (1 << size * 8 - 1) - 1) if signed else (0, (1 << size * 8) - 1)
    if not low <= value <= high:
        if size == 8 or char in 'lLqQ':
            raise error(f"'{char}' format requires {low} <= number <= {high}")
        raise error(f"'{char}' format requires {low} <= number <= {high}")
    return value.to_bytes(size, order, signed=signed)


def unpack(format, buffer, /):
    order, items, total = _parse(format)
    if len(buffer) != total:
        raise error(f'unpack requires a buffer of {total} bytes')
    found = []
    at = 0
    for char, number, size, padding in items:
        at += padding
        if char == 's':
            found.append(bytes(buffer[at:at + number]))
        elif char != 'x':
            for index in range(number):
                data = bytes(buffer[at + index * size:at + (index + 1) * size])
                if char == 'c':
                    found.append(data)
                elif char == '?':
                    found.append(data != b'\x00')
                else:
                    found.append(int.from_bytes(data, order, signed=char.islower()))
        at += size * number
    return tuple(found)


def unpack_from(format, /, buffer, offset=0):
    size = calcsize(format)
    if len(buffer) - offset < size:
        raise error(
            f'unpack_from requires a buffer of at least {offset + size} bytes for unpacking '
            f'{size} bytes at offset {offset} (actual buffer size is {len(buffer)})'
        )
    return unpack(format, buffer[offset:offset + size])


def iter_unpack(format, buffer, /):
    size = calcsize(format)
    if not size or len(buffer) % size:
        raise error(f'iterative unpacking requires a buffer of a multiple of {size} bytes')
    for at in range(0, len(buffer), size):
        yield unpack(format, buffer[at:at + size])


class Struct:
    """A format, to be used again."""

    def __init__(self, format):
        self.format = format
        self.size = calcsize(format)

    def pack(self, *values):
        return pack(self.format, *values)

    def unpack(self, buffer):
        return unpack(self.format, buffer)

    def unpack_from(self, buffer, offset=0):
        return unpack_from(self.format, buffer, offset)

    def iter_unpack(self, buffer):
        return iter_unpack(self.format, buffer)
