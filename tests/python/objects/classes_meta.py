class Meta(type):
    registry = {}
    def __new__(mcs, name, bases, ns, **kw):
        cls = super().__new__(mcs, name, bases, ns)
        cls.tag = kw.get("tag", name.lower())
        mcs.registry[cls.tag] = cls
        return cls
    def __init__(cls, name, bases, ns, **kw):
        super().__init__(name, bases, ns)
    def __call__(cls, *a, **k):
        print("creating", cls.__name__)
        return super().__call__(*a, **k)
    def __len__(cls): return 42
    def __iter__(cls): return iter(["m", "n"])
    def __contains__(cls, x): return x == "yes"
    def __getitem__(cls, k): return f"{cls.__name__}[{k}]"
    @property
    def label(cls): return "L:" + cls.__name__
    def __repr__(cls): return f"<Meta {cls.__name__}>"
    @classmethod
    def __prepare__(mcs, name, bases, **kw): return {}
class Base(metaclass=Meta): pass
class Kid(Base, tag="kiddo"):
    def __init__(self, x): self.x = x
print(Meta.registry, Kid(3).x, len(Kid), list(Base), "yes" in Kid, Kid["a"], Kid.label, Kid, type(Kid), isinstance(Kid, Meta))
class Singleton(type):
    _i = {}
    def __call__(cls, *a, **k):
        if cls not in cls._i: cls._i[cls] = super().__call__(*a, **k)
        return cls._i[cls]
class DB(metaclass=Singleton):
    def __init__(self, url="x"): self.url = url
print(DB("a") is DB("b"), DB().url)
class Plugin:
    plugins = []
    def __init_subclass__(cls, /, prio=0, **kw):
        super().__init_subclass__(**kw)
        cls.prio = prio
        Plugin.plugins.append(cls)
class A(Plugin, prio=2): pass
class B(Plugin): pass
print([(p.__name__, p.prio) for p in sorted(Plugin.plugins, key=lambda c: c.prio)])
class Typed:
    def __init__(self, kind): self.kind = kind
    def __set_name__(self, owner, name): self.name = name; print("named", owner.__name__, name)
    def __get__(self, obj, owner=None):
        if obj is None: return self
        return obj.__dict__.get(self.name, "unset")
    def __set__(self, obj, v):
        if not isinstance(v, self.kind): raise TypeError(f"{self.name} wants {self.kind.__name__}, got {type(v).__name__}")
        obj.__dict__[self.name] = v
    def __delete__(self, obj): print("del", self.name); obj.__dict__.pop(self.name, None)
class Person:
    name = Typed(str)
    age = Typed(int)
    def __init__(self, n, a): self.name, self.age = n, a
p = Person("A", 3); print(p.name, p.age, vars(p)); del p.age; print(p.age, type(Person.name).__name__)
try: p.age = "x"
except TypeError as e: print(e)
class NonData:
    def __get__(self, o, t): return "nondata"
class HasND: nd = NonData()
h = HasND(); print(h.nd); h.__dict__["nd"] = "inst"; print(h.nd)
class Lazy:
    def __getattr__(self, n):
        if n.startswith("get_"): return lambda *a: (n[4:], a)
        raise AttributeError(f"no {n}")
    def __setattr__(self, n, v): super().__setattr__(n, v * 2)
    def __delattr__(self, n): print("deleting", n); super().__delattr__(n)
    def __dir__(self): return ["z", "a"]
l = Lazy(); l.v = 5; print(l.v, l.get_thing(1, 2), hasattr(l, "q"), dir(l), getattr(l, "q", "dflt")); del l.v
class Spy:
    def __getattribute__(self, n):
        if n == "secret": return "intercepted"
        return object.__getattribute__(self, n)
s = Spy(); s.secret = 1; s.o = 2; print(s.secret, s.o)
T = type("T", (Base,), {"z": 5, "hi": lambda self: "hi " + str(self.z)})
print(T().hi(), T.__name__, T.__mro__, T.__bases__)
class Slots:
    __slots__ = ("a", "__dict__")
class Slots2:
    __slots__ = "x",
    def __init__(self): self.x = 1
s2 = Slots2()
for f in (lambda: setattr(s2, "y", 1), lambda: s2.__dict__):
    try: print(f())
    except AttributeError as e: print(e)
class Diamond1:
    def go(self): return ["D1"]
class L(Diamond1):
    def go(self): return ["L"] + super().go()
class R(Diamond1):
    def go(self): return ["R"] + super().go()
class Bottom(L, R):
    def go(self): return ["B"] + super().go()
print(Bottom().go(), [c.__name__ for c in Bottom.mro()])
try:
    class Bad(Diamond1, L): pass
except TypeError as e: print(e)
