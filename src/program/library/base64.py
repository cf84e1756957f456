"""base64."""

_STANDARD = b'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
_BASE32 = b'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'


def _bytes_of(s):
    if isinstance(s, str):
        try:
            return s.encode('ascii')
        except UnicodeEncodeError:
            raise ValueError('string argument should contain only ASCII characters')
    if not isinstance(s, bytes):
        raise TypeError(
            'argument should be a bytes-like object or ASCII string, '
            f'not {s.__class__.__name__!r}'
        )
    return s


def _encode(data, alphabet, bits, group):
    """Digits of so many bits each; the last group is filled up with `=`."""
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    out = []
    value = held = 0
    for byte in data:
        value = (value << 8 | byte) & 0xffff
        held += 8
        while held >= bits:
            held -= bits
            out.append(alphabet[value >> held & (1 << bits) - 1])
    if held:
        out.append(alphabet[value << bits - held & (1 << bits) - 1])
    while len(out) % group:
        out.append(61)
    return bytes(out)


def b64encode(s, altchars=None):
    encoded = _encode(s, _STANDARD, 6, 4)
    if altchars is not None:
        encoded = encoded.replace(b'+', altchars[:1]).replace(b'/', altchars[1:])
    return encoded


def b64decode(s, altchars=None, validate=False):
    from binascii import Error
    s = _bytes_of(s)
    if altchars is not None:
        altchars = _bytes_of(altchars)
        s = s.replace(altchars[:1], b'+').replace(altchars[1:], b'/')
    digits = []
    padding = 0
    for char in s:
        at = _STANDARD.find(char)
        if char == 61:
            padding += 1
        elif at >= 0:
            if validate and padding:
                raise Error('Discontinuous padding not allowed')
            digits.append(at)
        elif validate:
            raise Error('Only base64 data is allowed')
    rest = len(digits) % 4
    if rest == 1:
        raise Error(
            'Invalid base64-encoded string: number of data characters '
            f'({len(digits)}) cannot be 1 more than a multiple of 4'
        )
    if rest and padding + rest < 4:
        raise Error('Incorrect padding')
    out = []
    value = held = 0
    for digit in digits:
        value = (value << 6 | digit) & 0xffff
        held += 6
        if held >= 8:
            held -= 8
            out.append(value >> held & 255)
    return bytes(out)


def standard_b64encode(s):
    return b64encode(s)


def standard_b64decode(s):
    return b64decode(s)


def urlsafe_b64encode(s):
    return b64encode(s).replace(b'+', b'-').replace(b'/', b'_')


def urlsafe_b64decode(s):
    return b64decode(_bytes_of(s).replace(b'-', b'+').replace(b'_', b'/'))


def b32encode(s):
    return _encode(s, _BASE32, 5, 8)


def b16encode(s):
    return s.hex().upper().encode()


def b16decode(s, casefold=False):
    from binascii import Error
    s = _bytes_of(s)
    if casefold:
        s = s.upper()
    if any(char not in b'0123456789ABCDEF' for char in s):
        raise Error('Non-base16 digit found')
    return bytes.fromhex(s.decode())
