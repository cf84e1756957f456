import math
from functools import total_ordering

@total_ordering
class Vec:
    __slots__ = ("x", "y")
    def __init__(self, x=0, y=0):
        self.x = x
        self.y = y
    def __repr__(self):
        return f"{type(self).__name__}({self.x!r}, {self.y!r})"
    def __str__(self):
        return f"<{self.x}, {self.y}>"
    def __format__(self, spec):
        if spec == "p":
            return f"r={abs(self):.3f}"
        return f"({self.x:{spec}}, {self.y:{spec}})" if spec else str(self)
    def __add__(self, other):
        if not isinstance(other, Vec):
            return NotImplemented
        return Vec(self.x + other.x, self.y + other.y)
    def __radd__(self, other):
        if other == 0:
            return self
        return NotImplemented
    def __sub__(self, other):
        return Vec(self.x - other.x, self.y - other.y)
    def __mul__(self, k):
        if isinstance(k, Vec):
            return self.x * k.x + self.y * k.y
        if isinstance(k, (int, float)):
            return Vec(self.x * k, self.y * k)
        return NotImplemented
    __rmul__ = __mul__
    def __truediv__(self, k):
        return Vec(self.x / k, self.y / k)
    def __floordiv__(self, k):
        return Vec(self.x // k, self.y // k)
    def __mod__(self, k):
        return Vec(self.x % k, self.y % k)
    def __divmod__(self, k):
        return self // k, self % k
    def __pow__(self, n, mod=None):
        return Vec(pow(self.x, n, mod), pow(self.y, n, mod))
    def __matmul__(self, other):
        return self.x * other.y - self.y * other.x
    def __neg__(self):
        return Vec(-self.x, -self.y)
    def __pos__(self):
        return self
    def __invert__(self):
        return Vec(self.y, self.x)
    def __abs__(self):
        return math.hypot(self.x, self.y)
    def __bool__(self):
        return bool(self.x or self.y)
    def __eq__(self, other):
        return isinstance(other, Vec) and (self.x, self.y) == (other.x, other.y)
    def __lt__(self, other):
        if not isinstance(other, Vec):
            return NotImplemented
        return abs(self) < abs(other)
    def __hash__(self):
        return hash((self.x, self.y))
    def __iter__(self):
        yield self.x
        yield self.y
    def __len__(self):
        return 2
    def __getitem__(self, i):
        return (self.x, self.y)[i]
    def __contains__(self, v):
        return v == self.x or v == self.y
    def __round__(self, n=None):
        return Vec(round(self.x, n), round(self.y, n))
    def __complex__(self):
        return complex(self.x, self.y)
    def __iadd__(self, other):
        self.x += other.x
        self.y += other.y
        return self
    def __lshift__(self, n):
        return Vec(self.x << n, self.y << n)
    def __and__(self, o):
        return Vec(self.x & o, self.y & o)
    def __rand__(self, o):
        return ("rand", o)
    def __or__(self, o):
        return NotImplemented

a, b = Vec(3, 4), Vec(1, 2)
print(a, repr(b), f"{a:p} {b:.1f} {b}")
print(a + b, a - b, a * 2, 2 * a, a * b, a / 2, a // 2, a % 2, divmod(a, 2))
print(a ** 2, pow(a, 2, 5), a @ b, -a, +a, ~a, abs(a), bool(Vec()), bool(a))
print(a == b, a != b, a < b, a > b, a <= b, a >= b, a == Vec(3, 4), a == 3)
print(sum([a, b, a]), list(a), len(a), a[0], a[-1], a[:], 4 in a, 9 in a)
print(hash(a) == hash(Vec(3, 4)), {a: 1}[Vec(3, 4)], sorted([a, b, Vec(0, 1)]), max(a, b), min(a, b))
print(round(Vec(1.234, 5.678), 1), a << 1, a & 1, 6 & a)
c = a
c += b
print(c is a, a)
x, y = b
print(x, y, [*b, *a], dict(zip("xy", b)))
for expr in ["a + 1", "1 + a", "a | 1", "a < 3", "a * 'x'", "a - 1"]:
    try:
        if expr == "a + 1": a + 1
        elif expr == "1 + a": 1 + a
        elif expr == "a | 1": a | 1
        elif expr == "a < 3": a < 3
        elif expr == "a * 'x'": a * 'x'
        else: a - 1
    except (TypeError, AttributeError) as e:
        print(type(e).__name__, e)
try:
    a.z = 1
except AttributeError as e:
    print(e)
