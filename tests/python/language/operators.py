class N:
    def __init__(self, v): self.v = v
    def __add__(self, o):
        if isinstance(o, N): return N(self.v + o.v)
        if isinstance(o, int): return N(self.v + o)
        return NotImplemented
    __radd__ = __add__
    def __iadd__(self, o):
        self.v += 100
        return self
    def __sub__(self, o): return f"sub {o}"
    def __rsub__(self, o): return f"rsub {o}"
    def __truediv__(self, o): return f"div {o}"
    def __floordiv__(self, o): return f"floordiv {o}"
    def __mod__(self, o): return f"mod {o}"
    def __pow__(self, o): return f"pow {o}"
    def __matmul__(self, o): return f"matmul {o}"
    def __and__(self, o): return f"and {o}"
    def __or__(self, o): return f"or {o}"
    def __lshift__(self, o): return f"lshift {o}"
    def __invert__(self): return "invert"
    def __pos__(self): return "pos"
    def __abs__(self): return "abs"
    def __eq__(self, o): return isinstance(o, N) and self.v == o.v
    def __lt__(self, o): return self.v < o.v
    def __le__(self, o): return self.v <= o.v
    def __repr__(self): return f"N({self.v})"
    def __int__(self): return self.v
    def __float__(self): return float(self.v)
    def __index__(self): return self.v
n = N(5)
print(n + N(1), n + 2, 3 + n, sum([N(1), N(2)], N(0)))
print(n - 1, 1 - n, n / 2, n // 2, n % 2, n ** 2, n @ 2, n & 1, n | 1, n << 1, ~n, +n, abs(n))
n += 1
print(n, n == N(105), n != N(1), N(1) < N(2), N(2) > N(1), N(1) <= N(1), sorted([N(3), N(1)]), max(N(1), N(4)))
print(int(n), float(n), [1, 2, 3][N(1)], hex(N(255)), range(N(3)))
for f in (lambda: n + "x", lambda: "x" + n, lambda: N(1) * 2, lambda: N(1) >> 1, lambda: -n, lambda: {n: 1}):
    try:
        print(f())
    except TypeError as e:
        print(e)
class C:
    def __contains__(self, x): return x == 1
    def __getitem__(self, k): return k
    def __setitem__(self, k, v): print("set", k, v)
    def __delitem__(self, k): print("del", k)
    def __call__(self, *a, **k): return a, k
    def __len__(self): return 42
    def __reversed__(self): return iter("cba")
c = C()
c[1] = 2
del c["x"]
print(1 in c, 2 in c, c[5], c(1, k=2), len(c), list(reversed(c)), bool(c))
