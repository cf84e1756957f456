import functools, time
def log(level="INFO"):
    def deco(fn):
        @functools.wraps(fn)
        def wrap(*a, **k):
            print(f"[{level}] {fn.__name__}({', '.join([repr(x) for x in a] + [f'{q}={w!r}' for q, w in k.items()])})")
            r = fn(*a, **k)
            print(f"[{level}] -> {r!r}")
            return r
        wrap.level = level
        return wrap
    return deco
@log()
@log("DEBUG")
def add(a, b=1): return a + b
print(add(2, b=3), add.level, add.__name__)
class Count:
    def __init__(self, fn): functools.update_wrapper(self, fn); self.fn = fn; self.n = 0
    def __call__(self, *a): self.n += 1; return self.fn(*a)
    def __get__(self, obj, owner): return functools.partial(self, obj) if obj else self
@Count
def hi(): return "hi"
hi(); hi(); print(hi.n, hi.__name__)
class K:
    @Count
    def m(self, x): return x * 2
    @property
    def p(self): return self._p
    @p.setter
    def p(self, v): self._p = v
    @p.deleter
    def p(self): print("deleted"); del self._p
    @staticmethod
    def s(x): return x + 1
    @classmethod
    def c(cls): return cls.__name__
    @functools.lru_cache
    def cached(self, x): print("computing"); return x
    def __class_getitem__(cls, item): return f"K<{item}>"
k = K(); print(k.m(4), K.__dict__["m"].n, k.s(1), K.s(2), k.c(), K.c(), k.cached(1), k.cached(1), K[int])
k.p = 5; print(k.p); del k.p
try: k.p
except AttributeError as e: print(e)
try:
    class RO:
        @property
        def v(self): return 1
    RO().v = 2
except AttributeError as e: print(e)
def memo(fn):
    cache = {}
    def w(n):
        if n not in cache: cache[n] = fn(n)
        return cache[n]
    w.cache = cache
    return w
@memo
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(30), len(fib.cache))
def add_methods(cls):
    cls.extra = lambda self: f"extra {self.v}"
    orig = cls.__init__
    def init(self, *a): orig(self, *a); self.v += 100
    cls.__init__ = init
    return cls
@add_methods
class D:
    def __init__(self, v): self.v = v
print(D(1).extra(), D.__name__)
def curry(f): return lambda a: lambda b: f(a, b)
print(curry(lambda a, b: a * b)(3)(4), (lambda *a, **k: (a, k))(1, x=2), (lambda x, y=2: x + y)(1))
def gen_counter():
    count = 0
    while True:
        got = yield count
        count = got if got is not None else count + 1
c = gen_counter(); print(next(c), next(c), c.send(10), next(c))
print(add.__wrapped__.__wrapped__(1, 1), fib.__closure__ is not None, memo.__code__.co_name if hasattr(memo, "__code__") else "")
registry = {}
def register(name=None):
    if callable(name): registry[name.__name__] = name; return name
    def d(f): registry[name or f.__name__] = f; return f
    return d
@register
def one(): return 1
@register("deux")
def two(): return 2
print(sorted(registry), registry["deux"]())
class Validator:
    def __init__(self, *checks): self.checks = checks
    def __call__(self, fn):
        @functools.wraps(fn)
        def w(*a):
            for c in self.checks: c(*a)
            return fn(*a)
        return w
def positive(x):
    if x < 0: raise ValueError(f"{x} is negative")
@Validator(positive, lambda x: None)
def root(x): return x ** .5
print(root(9))
try: root(-1)
except ValueError as e: print(e)
