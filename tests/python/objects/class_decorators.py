registry = {}
def register(cls):
    registry[cls.__name__] = cls
    return cls
def add_repr(*fields):
    def wrap(cls):
        def __repr__(self): return f"{cls.__name__}({', '.join(f'{f}={getattr(self, f)!r}' for f in fields)})"
        cls.__repr__ = __repr__
        return cls
    return wrap
@register
@add_repr("x", "y")
class P:
    def __init__(self, x, y): self.x, self.y = x, y
print(P(1, "a"), registry)
class CountCalls:
    def __init__(self, f): self.f, self.n = f, 0
    def __call__(self, *a, **k):
        self.n += 1
        return self.f(*a, **k)
    def __get__(self, obj, owner=None):
        if obj is None: return self
        return lambda *a, **k: self(obj, *a, **k)
@CountCalls
def hello(name): return f"hi {name}"
print(hello("a"), hello("b"), hello.n)
class K:
    @CountCalls
    def m(self, v): return v * 2
k = K(); print(k.m(4), k.m(5), K.m.n)
def method_logger(f):
    def inner(self, *a):
        print(type(self).__name__, f.__name__, a)
        return f(self, *a)
    return inner
class L:
    @method_logger
    def go(self, x): return x + 1
    @classmethod
    @method_logger
    def cm(cls): return cls.__name__
    @staticmethod
    def sm(): return "static"
    @property
    @method_logger
    def prop(self): return "p"
print(L().go(1), L().prop, L.sm(), L().sm())
try: print(L.cm())
except Exception as e: print(type(e).__name__, e)
class Validator:
    def __init__(self, low): self.low = low
    def __set_name__(self, owner, name): self.private = "_" + name
    def __get__(self, obj, owner): return getattr(obj, self.private) if obj else self
    def __set__(self, obj, v):
        if v < self.low: raise ValueError(f"{self.private[1:]} < {self.low}")
        setattr(obj, self.private, v)
class Item:
    price, count = Validator(0), Validator(1)
    def __init__(self, p, c): self.price, self.count = p, c
i = Item(5, 2); print(i.price * i.count, vars(i))
for a in ((-1, 1), (1, 0)):
    try: Item(*a)
    except ValueError as e: print(e)
class Chain:
    def __init__(self): self.log = []
    def __getattr__(self, n): self.log.append(n); return self
    def __call__(self, *a): self.log.append(a); return self
c = Chain().a.b(1).c; print(c.log)
def singleton(cls):
    inst = {}
    def get(*a):
        if cls not in inst: inst[cls] = cls(*a)
        return inst[cls]
    return get
@singleton
class One: pass
print(One() is One())
