class Adder:
    def __init__(self, n): self.n = n
    def __call__(self, x, *, twice=False): return (x + self.n) * (2 if twice else 1)
add = Adder(5); print(add(1), add(1, twice=True), list(map(add, [1, 2])), callable(add), callable(5), sorted([3, 1], key=Adder(0)))
class Poly:
    def __init__(self, *c): self.c = c
    def __call__(self, x): return sum(a * x ** i for i, a in enumerate(self.c))
print(Poly(1, 2, 3)(2), max([1, 2, 3], key=Poly(0, -1)))
bound = "abc".upper; print(bound(), [1, 2].append.__name__, str.upper("x"), list(map(str.strip, [" a "])), int.__add__(1, 2), dict.get({"a": 1}, "a"))
class M:
    def m(self, x=1): return ("m", x)
    @classmethod
    def c(cls, x): return (cls.__name__, x)
    @staticmethod
    def s(x): return x
m = M(); f = m.m; print(f(), f(2), M.m(m, 3), M.c(1), m.c(2), M.s(3), m.s(4), m.m == m.m, m.m is m.m, M().m == M().m)
table = {"+": lambda a, b: a + b, "-": lambda a, b: a - b}; print({k: v(5, 3) for k, v in table.items()}, (lambda: 5)(), (lambda *a: a)(1, 2), [f(2) for f in (lambda x: x, lambda x: x * x)])
class Meta(type):
    def __call__(cls, *a): print("creating", cls.__name__, a); return super().__call__(*a)
class X(metaclass=Meta):
    def __init__(self, v): self.v = v
print(X(3).v)
for bad in (5, "s", None, [], {}, 1.5, (1,), m):
    try: bad()
    except TypeError as e: print(e)
from functools import partial, reduce
p = partial(int, base=2); print(p("101"), partial(lambda a, b, c: (a, b, c), 1, c=3)(2), reduce(lambda a, b: a * b, [1, 2, 3, 4], 1), p.func is int, p.keywords)
def deco(f): f.tagged = True; return f
@deco
def tagged(): "doc"; return 1
print(tagged.tagged, tagged(), tagged.__doc__, tagged.__name__); print(getattr(m, "m")(7), getattr(M, "c")(8), hasattr(m, "zz"), type(m.m).__name__, type(M.m).__name__, type(M.c).__name__)
