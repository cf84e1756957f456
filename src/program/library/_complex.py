"""complex, as far as it is not done by the interpreter itself."""
import math as _math

_INTS = 100


def _part(value):
    """A float as the repr of a complex number has it: without `.0`."""
    text = repr(value)
    return text[:-2] if text.endswith('.0') else text


def _parse(text):
    body = text.strip()
    if body.startswith('(') and body.endswith(')'):
        body = body[1:-1].strip()
    error = ValueError('complex() arg is a malformed string')
    if not body or ' ' in body:
        raise error
    try:
        if body[-1] not in 'jJ':
            return float(body), 0.0
        body = body[:-1]
        at = len(body) - 1
        while at > 0 and not (body[at] in '+-' and body[at - 1] not in 'eE'):
            at -= 1
        real = float(body[:at]) if at > 0 else 0.0
        imag = body[at:] if at > 0 else body
        if imag in ('', '+', '-'):
            imag += '1'
        return real, float(imag)
    except ValueError:
        raise error from None


def _number(value, where):
    """The real and the imaginary part of a number."""
    if isinstance(value, complex):
        return value.real, value.imag
    if isinstance(value, (int, float)):
        return float(value), 0.0
    method = getattr(type(value), '__complex__', None)
    if method is not None:
        given = method(value)
        return given.real, given.imag
    for name in ('__float__', '__index__'):
        if hasattr(type(value), name):
            return float(value), 0.0
    kind = type(value).__name__
    if where == 1:
        raise TypeError(
            f"complex() argument must be a string or a number, not {kind}")
    if isinstance(value, str):
        raise TypeError("complex() argument 'imag' must be a real number, not str")
    raise TypeError(f"complex() argument 'imag' must be a real number, not {kind}")


def _operand(value):
    if isinstance(value, complex):
        return value
    if isinstance(value, (int, float)):
        return complex(float(value), 0.0)
    return None


class complex:
    """A number with a real and an imaginary part."""

    __module__ = 'builtins'
    __slots__ = ('real', 'imag')

    def __new__(cls, real=0, imag=None):
        self = object.__new__(cls)
        if isinstance(real, str):
            if imag is not None:
                raise TypeError("complex() argument 'real' must be a real number, not str")
            parts = _parse(real)
        else:
            parts = _number(real, 1)
            if imag is not None:
                a, b = _number(imag, 2)
                if isinstance(real, complex) or isinstance(imag, complex):
                    parts = (parts[0] - b, parts[1] + a)
                else:
                    parts = (parts[0], a)
        object.__setattr__(self, 'real', parts[0])
        object.__setattr__(self, 'imag', parts[1])
        return self

    def __init__(self, *args, **kwargs):
        pass

    def __setattr__(self, name, value):
        if name in ('real', 'imag'):
            raise AttributeError('readonly attribute')
        raise AttributeError(
            f"'complex' object has no attribute '{name}' and no __dict__ for setting new "
            'attributes')

    def __repr__(self):
        imag = _part(self.imag)
        if self.real == 0 and _math.copysign(1.0, self.real) > 0:
            return imag + 'j'
        sign = '' if imag.startswith('-') else '+'
        return f'({_part(self.real)}{sign}{imag}j)'

    def __format__(self, spec):
        if not spec:
            return str(self)
        at = 0
        fill = ''
        if len(spec) > 1 and spec[1] in '<>^=':
            fill, at = spec[:2], 2
        elif spec[0] in '<>^=':
            fill, at = ' ' + spec[0], 1
        if fill.endswith('='):
            raise ValueError("'=' alignment flag is not allowed in complex format specifier")
        rest = spec[at:]
        sign = ''
        if rest[:1] in ('+', '-', ' '):
            sign, rest = rest[0], rest[1:]
        if rest[:1] == '0' and rest[1:2].isdigit():
            raise ValueError('Zero padding is not allowed in complex format specifier')
        width = ''
        while rest[:1].isdigit():
            width, rest = width + rest[0], rest[1:]
        if not rest:
            text = str(self)
        else:
            text = f'{self.real:{sign}{rest}}{self.imag:+{rest}}j'
        return f'{text:{fill or " >"}{width}}'

    def __hash__(self):
        if self.imag == 0:
            return hash(self.real)
        return hash(self.real) + 1000003 * hash(self.imag)

    def __bool__(self):
        return self.real != 0 or self.imag != 0

    def __eq__(self, other):
        if isinstance(other, complex):
            return self.real == other.real and self.imag == other.imag
        if isinstance(other, (int, float)):
            return self.imag == 0 and self.real == other
        return NotImplemented

    def __complex__(self):
        return self

    def __pos__(self):
        return self

    def __neg__(self):
        return complex(-self.real, -self.imag)

    def __abs__(self):
        return _math.hypot(self.real, self.imag)

    def conjugate(self):
        return complex(self.real, -self.imag)

    def __add__(self, other):
        if isinstance(other, complex):
            return complex(self.real + other.real, self.imag + other.imag)
        if isinstance(other, (int, float)):
            return complex(self.real + other, self.imag)
        return NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, complex):
            return complex(self.real - other.real, self.imag - other.imag)
        if isinstance(other, (int, float)):
            return complex(self.real - other, self.imag)
        return NotImplemented

    def __rsub__(self, other):
        other = _operand(other)
        return NotImplemented if other is None else other - self

    def __mul__(self, other):
        other = _operand(other)
        if other is None:
            return NotImplemented
        return complex(self.real * other.real - self.imag * other.imag,
                       self.real * other.imag + self.imag * other.real)

    __rmul__ = __mul__

    def __truediv__(self, other):
        other = _operand(other)
        if other is None:
            return NotImplemented
        a, b, c, d = self.real, self.imag, other.real, other.imag
        if abs(c) >= abs(d):
            if c == 0:
                raise ZeroDivisionError('division by zero')
            ratio = d / c
            by = c + d * ratio
            return complex((a + b * ratio) / by, (b - a * ratio) / by)
        ratio = c / d
        by = c * ratio + d
        return complex((a * ratio + b) / by, (b * ratio - a) / by)

    def __rtruediv__(self, other):
        other = _operand(other)
        return NotImplemented if other is None else other / self

    def __pow__(self, other, modulo=None):
        if modulo is not None:
            raise ValueError('complex modulo')
        other = _operand(other)
        if other is None:
            return NotImplemented
        if other.imag == 0 and other.real == int(other.real) and abs(other.real) <= _INTS:
            return _power(self, int(other.real))
        if self == 0:
            if other.imag != 0 or other.real < 0:
                raise ZeroDivisionError('zero to a negative or complex power')
            return complex(0.0, 0.0)
        size = abs(self)
        length = size ** other.real
        angle = _math.atan2(self.imag, self.real)
        phase = angle * other.real
        if other.imag != 0:
            length *= _math.exp(-angle * other.imag)
            phase += other.imag * _math.log(size)
        return complex(length * _math.cos(phase), length * _math.sin(phase))

    def __rpow__(self, other):
        other = _operand(other)
        return NotImplemented if other is None else other ** self

    def __getnewargs__(self):
        return self.real, self.imag

    def __lt__(self, other):
        return NotImplemented

    __le__ = __gt__ = __ge__ = __lt__

    def __int__(self):
        raise TypeError(
            "int() argument must be a string, a bytes-like object or a real number, not 'complex'")

    def __float__(self):
        raise TypeError("float() argument must be a string or a real number, not 'complex'")


def _power(base, exponent):
    if exponent < 0:
        return complex(1.0, 0.0) / _power(base, -exponent)
    result = complex(1.0, 0.0)
    mask = 1
    factor = base
    while mask <= exponent:
        if exponent & mask:
            result = result * factor
        mask <<= 1
        factor = factor * factor
    return result
