def documented(a, b=1, *args, c, d=2, **kw):
    """Doc string."""
    return a


print(documented.__name__, documented.__doc__, documented.__defaults__, documented.__kwdefaults__, documented.__module__, documented.__qualname__)
print((lambda: 0).__qualname__, documented.__dict__, callable(documented), type(documented).__name__)
def outer():
    def inner(): pass
    return inner
print(outer().__qualname__, outer.__closure__)
def closure(x):
    def get(): return x
    return get
c = closure(5); print(c.__closure__[0].cell_contents, c())
def annotated(a: int, b: "str" = "x") -> bool: return True
print(annotated(1), annotated.__name__)
def f(*, a=1): return a
print(f(), f(a=2)); g = f; g.attr = 1; print(f.attr, f is g, f == g, f != print)
def compose(*fs):
    def run(x):
        for h in fs: x = h(x)
        return x
    return run
print(compose(lambda x: x + 1, lambda x: x * 2, str)(3))
def memo(fn):
    cache = {}
    def wrap(*a):
        if a not in cache: cache[a] = fn(*a)
        return cache[a]
    wrap.cache = cache
    return wrap
@memo
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(50), len(fib.cache))
def varargs(*args, **kwargs): return args, kwargs
print(varargs(), varargs(1), varargs(a=1), varargs(*"ab", **{"c": 1}), varargs(1, *[2], 3, x=4, **{"y": 5}))
def swap(a, b): return b, a
x, y = swap(1, 2); print(x, y); print(swap(*swap(1, 2)), swap(b=1, a=2))
def early(n):
    if n: return
    return "zero"
print(early(1), early(0)); print((lambda *a, k=1, **kw: (a, k, kw))(1, 2, k=3, z=4))
def mutable(d={}): d[len(d)] = 1; return d
print(mutable(), mutable()); fs = {"add": lambda a, b: a + b}; print(fs["add"](1, 2), [f(3) for f in (abs, str, lambda x: -x)])
def gen_default(xs=(i for i in range(3))): return list(xs)
print(gen_default(), gen_default()); print(sorted(["b", "A"], key=str.lower), list(map(str.upper, "ab")), max([[1], [2, 3]], key=len))
def rec(d, depth=0): return depth if not isinstance(d, list) else max([rec(i, depth + 1) for i in d], default=depth + 1)
print(rec([1, [2, [3, []]]])); print(int.__name__, str.join.__name__, [].append.__name__, len.__name__, print.__module__)
