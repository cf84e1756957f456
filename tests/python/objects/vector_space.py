class Vec(tuple):
    def __new__(cls, *xs): return super().__new__(cls, xs)
    def __add__(self, o): return Vec(*(a + b for a, b in zip(self, o)))
    def __mul__(self, k): return Vec(*(a * k for a in self)) if not isinstance(k, Vec) else sum(a * b for a, b in zip(self, k))
    __rmul__ = __mul__
    def __neg__(self): return self * -1
    def __sub__(self, o): return self + -o
    def __abs__(self): return (self * self) ** 0.5
    def __repr__(self): return f"Vec{tuple(self)}"
    def __getattr__(self, n):
        if n in "xyz" and len(n) == 1 and "xyz".index(n) < len(self): return self["xyz".index(n)]
        raise AttributeError(f"no component {n}")
v, w = Vec(3, 4), Vec(1, 1)
print(v + w, v - w, v * 2, 2 * v, v * w, abs(v), -v, v.x, v.y, v == (3, 4), hash(v) == hash((3, 4)), len(v), v[0], list(v), {v: 1}[3, 4], isinstance(v, tuple), v < Vec(4, 0), sorted([v, w]), sum([v, w], Vec(0, 0)))
try: v.z
except AttributeError as e: print(e)
class Matrix(list):
    def __matmul__(self, o): return Matrix([[sum(a * b for a, b in zip(r, c)) for c in zip(*o)] for r in self])
    def __pow__(self, n): return self if n == 1 else self @ self ** (n - 1)
m = Matrix([[1, 1], [1, 0]]); print(m ** 10, (m @ m)[0], m == [[1, 1], [1, 0]], len(m), type(m ** 2).__name__)
