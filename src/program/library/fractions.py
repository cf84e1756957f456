"""fractions."""
import math as _math


def _parse(text):
    """Numerator and denominator of a text; None for what is no number."""
    text = text.strip().replace('_', '')
    sign = 1
    if text[:1] in ('+', '-'):
        sign = -1 if text[0] == '-' else 1
        text = text[1:]
    if '/' in text:
        above, _, below = text.partition('/')
        above, below = above.strip(), below.strip()
        if not (above.isdigit() and below.isdigit()):
            return None
        return sign * int(above), int(below)
    text, mark, exponent = text.lower().partition('e')
    if mark and not exponent.lstrip('+-').isdigit():
        return None
    whole, _, part = text.partition('.')
    if not (whole + part).isdigit():
        return None
    number, power = int(whole + part), int(exponent or 0) - len(part)
    if power >= 0:
        return sign * number * 10 ** power, 1
    return sign * number, 10 ** -power


class Fraction:
    """An exact number."""

    __slots__ = ('_numerator', '_denominator')

    def __new__(cls, numerator=0, denominator=None):
        self = object.__new__(cls)
        if denominator is None:
            if isinstance(numerator, int):
                self._numerator, self._denominator = int(numerator), 1
                return self
            if isinstance(numerator, Fraction):
                self._numerator = numerator._numerator
                self._denominator = numerator._denominator
                return self
            if isinstance(numerator, float):
                self._numerator, self._denominator = numerator.as_integer_ratio()
                return self
            if isinstance(numerator, str):
                parsed = _parse(numerator)
                if parsed is None:
                    raise ValueError(f'Invalid literal for Fraction: {numerator!r}')
                numerator, denominator = parsed
            else:
                raise TypeError(
                    'argument should be a string or a Rational instance or have the '
                    'as_integer_ratio() method'
                )
        elif not (isinstance(numerator, (int, Fraction)) and
                  isinstance(denominator, (int, Fraction))):
            raise TypeError('both arguments should be Rational instances')
        else:
            numerator, denominator = (
                numerator.numerator * denominator.denominator,
                denominator.numerator * numerator.denominator,
            )
        if denominator == 0:
            raise ZeroDivisionError(f'Fraction({numerator}, 0)')
        divisor = _math.gcd(numerator, denominator)
        if denominator < 0:
            divisor = -divisor
        self._numerator = numerator // divisor
        self._denominator = denominator // divisor
        return self

    @property
    def numerator(self):
        return self._numerator

    @property
    def denominator(self):
        return self._denominator

    @classmethod
    def from_float(cls, f):
        return cls(*f.as_integer_ratio())

    def is_integer(self):
        return self._denominator == 1

    def as_integer_ratio(self):
        return self._numerator, self._denominator

    def limit_denominator(self, max_denominator=1000000):
        if max_denominator < 1:
            raise ValueError('max_denominator should be at least 1')
        if self._denominator <= max_denominator:
            return Fraction(self)
        p0, q0, p1, q1 = 0, 1, 1, 0
        n, d = self._numerator, self._denominator
        while True:
            a = n // d
            q2 = q0 + a * q1
            if q2 > max_denominator:
                break
            p0, q0, p1, q1 = p1, q1, p0 + a * p1, q2
            n, d = d, n - a * d
        k = (max_denominator - q0) // q1
        if 2 * d * (q0 + k * q1) <= self._denominator:
            return Fraction(p1, q1)
        return Fraction(p0 + k * p1, q0 + k * q1)

    def __repr__(self):
        return f'{type(self).__name__}({self._numerator}, {self._denominator})'

    def __str__(self):
        if self._denominator == 1:
            return str(self._numerator)
        return f'{self._numerator}/{self._denominator}'

    def __format__(self, spec):
        if not spec:
            return str(self)
        if spec[-1] in 'eEfFgG%':
            return format(self._numerator / self._denominator, spec)
        return format(str(self), spec)

    def __add__(self, other):
        if isinstance(other, (int, Fraction)):
            return Fraction(
                self._numerator * other.denominator + other.numerator * self._denominator,
                self._denominator * other.denominator,
            )
        if isinstance(other, float):
            return float(self) + other
        return NotImplemented

    def __radd__(self, other):
        if isinstance(other, int):
            return self + other
        return other + float(self) if isinstance(other, float) else NotImplemented

    def __sub__(self, other):
        if isinstance(other, (int, Fraction)):
            return Fraction(
                self._numerator * other.denominator - other.numerator * self._denominator,
                self._denominator * other.denominator,
            )
        if isinstance(other, float):
            return float(self) - other
        return NotImplemented

    def __rsub__(self, other):
        if isinstance(other, int):
            return Fraction(other) - self
        return other - float(self) if isinstance(other, float) else NotImplemented

    def __mul__(self, other):
        if isinstance(other, (int, Fraction)):
            return Fraction(
                self._numerator * other.numerator, self._denominator * other.denominator
            )
        if isinstance(other, float):
            return float(self) * other
        return NotImplemented

    def __rmul__(self, other):
        if isinstance(other, int):
            return self * other
        return other * float(self) if isinstance(other, float) else NotImplemented

    def __truediv__(self, other):
        if isinstance(other, (int, Fraction)):
            return Fraction(
                self._numerator * other.denominator, self._denominator * other.numerator
            )
        if isinstance(other, float):
            return float(self) / other
        return NotImplemented

    def __rtruediv__(self, other):
        if isinstance(other, int):
            return Fraction(other) / self
        return other / float(self) if isinstance(other, float) else NotImplemented

    def __floordiv__(self, other):
        if isinstance(other, (int, Fraction)):
            return (self._numerator * other.denominator) // (
                self._denominator * other.numerator
            )
        return float(self) // other if isinstance(other, float) else NotImplemented

    def __rfloordiv__(self, other):
        return Fraction(other) // self if isinstance(other, int) else NotImplemented

    def __mod__(self, other):
        if isinstance(other, (int, Fraction)):
            return self - other * (self // other)
        return float(self) % other if isinstance(other, float) else NotImplemented

    def __rmod__(self, other):
        return Fraction(other) % self if isinstance(other, int) else NotImplemented

    def __divmod__(self, other):
        return self // other, self % other

    def __pow__(self, other):
        if isinstance(other, Fraction) and other._denominator == 1:
            other = other._numerator
        if isinstance(other, int):
            if other >= 0:
                return Fraction(self._numerator ** other, self._denominator ** other)
            if self._numerator == 0:
                raise ZeroDivisionError(f'Fraction({self._denominator ** -other}, 0)')
            return Fraction(self._denominator ** -other, self._numerator ** -other)
        return float(self) ** float(other)

    def __rpow__(self, other):
        if self._denominator == 1 and self._numerator >= 0:
            return other ** self._numerator
        return other ** float(self)

    def __pos__(self):
        return self

    def __neg__(self):
        return Fraction(-self._numerator, self._denominator)

    def __abs__(self):
        return Fraction(abs(self._numerator), self._denominator)

    def __int__(self):
        return self.__trunc__()

    def __float__(self):
        return self._numerator / self._denominator

    def __trunc__(self):
        if self._numerator < 0:
            return -(-self._numerator // self._denominator)
        return self._numerator // self._denominator

    def __floor__(self):
        return self._numerator // self._denominator

    def __ceil__(self):
        return -(-self._numerator // self._denominator)

    def __round__(self, ndigits=None):
        if ndigits is None:
            floor, rest = divmod(self._numerator, self._denominator)
            if rest * 2 < self._denominator:
                return floor
            if rest * 2 > self._denominator:
                return floor + 1
            return floor if floor % 2 == 0 else floor + 1
        shift = 10 ** abs(ndigits)
        if ndigits > 0:
            return Fraction(round(self * shift), shift)
        return Fraction(round(self / shift) * shift)

    def __bool__(self):
        return self._numerator != 0

    def __hash__(self):
        if self._denominator == 1:
            return hash(self._numerator)
        modulus = 2 ** 61 - 1
        try:
            inverse = pow(self._denominator, -1, modulus)
        except ValueError:
            found = 314159
        else:
            found = hash(hash(abs(self._numerator)) * inverse)
        result = found if self._numerator >= 0 else -found
        return -2 if result == -1 else result

    def _compared(self, other):
        if isinstance(other, (int, Fraction)):
            return (
                self._numerator * other.denominator - self._denominator * other.numerator
            )
        if isinstance(other, float):
            if other != other or other in (float('inf'), float('-inf')):
                return 0.0 - other
            return self._compared(Fraction(other))
        return None

    def __eq__(self, other):
        compared = self._compared(other)
        return NotImplemented if compared is None else compared == 0

    def __lt__(self, other):
        compared = self._compared(other)
        return NotImplemented if compared is None else compared < 0

    def __le__(self, other):
        compared = self._compared(other)
        return NotImplemented if compared is None else compared <= 0

    def __gt__(self, other):
        compared = self._compared(other)
        return NotImplemented if compared is None else compared > 0

    def __ge__(self, other):
        compared = self._compared(other)
        return NotImplemented if compared is None else compared >= 0

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self
