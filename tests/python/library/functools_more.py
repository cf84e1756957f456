import functools, operator
from functools import lru_cache, cache, partial, reduce, wraps, singledispatch, singledispatchmethod, cached_property, cmp_to_key, partialmethod, total_ordering
calls = []
@lru_cache(maxsize=2)
def sq(x): calls.append(x); return x * x
print(sq(1), sq(2), sq(1), sq(3), sq(2), calls, sq.cache_info())
sq.cache_clear(); print(sq.cache_info(), sq.__wrapped__(5))
@cache
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(80), fib.cache_info().hits)
add = lambda a, b, c=0: a + b + c
p = partial(add, 1, c=10)
print(p(2), p(2, c=3), p.func is add, p.args, p.keywords)
print(reduce(operator.add, [1, 2, 3]), reduce(lambda a, b: a * b, range(1, 6), 1), reduce(max, [3, 9, 2]))
@singledispatch
def show(x): return f"obj {x}"
@show.register
def _(x: int): return f"int {x}"
@show.register(list)
def _(x): return f"list {len(x)}"
@show.register(float)
@show.register(str)
def _(x): return f"fs {x}"
print(show(1), show([1]), show(2.5), show("s"), show(None), show(True))
class Fmt:
    @singledispatchmethod
    def f(self, x): return "default"
    @f.register
    def _(self, x: int): return "int"
    @f.register
    def _(self, x: str): return "str"
print(Fmt().f(1), Fmt().f("a"), Fmt().f([]))
class Data:
    def __init__(self, v): self.v = v; self.n = 0
    @cached_property
    def heavy(self): self.n += 1; return sum(self.v)
d = Data([1, 2]); print(d.heavy, d.heavy, d.n, d.__dict__); del d.heavy; print(d.heavy, d.n)
print(sorted(["b", "A", "c"], key=cmp_to_key(lambda a, b: (a.lower() > b.lower()) - (a.lower() < b.lower()))))
class Cell:
    def __init__(self): self.alive = False
    def set(self, s): self.alive = s
    on = partialmethod(set, True)
c = Cell(); c.on(); print(c.alive)
def deco(fn):
    @wraps(fn)
    def w(*a, **k): "wrapper doc"; return fn(*a, **k)
    return w
@deco
def hello(name: str) -> str:
    "hello doc"
    return "hi " + name
print(hello.__name__, hello.__doc__, hello("x"), hello.__wrapped__("y"), hello.__annotations__)
@total_ordering
class V:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return self.n == o.n
    def __lt__(self, o): return self.n < o.n
print(V(1) <= V(1), V(2) > V(1), V(1) >= V(2), V(1) != V(2))
def retry(times):
    def d(fn):
        @wraps(fn)
        def w(*a):
            for i in range(times):
                try: return fn(*a)
                except ValueError as e: print("retry", i, e)
            raise RuntimeError("gave up")
        return w
    return d
n = 0
@retry(3)
def flaky():
    global n; n += 1
    if n < 3: raise ValueError(n)
    return "ok"
print(flaky())
compose = lambda *fs: reduce(lambda f, g: lambda x: f(g(x)), fs)
print(compose(str, lambda x: x + 1, abs)(-5))
print(repr(partial(print, 1, sep="-"))[:17])
