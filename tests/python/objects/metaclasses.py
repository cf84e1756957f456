class Meta(type):
    def __new__(mcls, name, bases, ns, **kw):
        ns["made_by"] = mcls.__name__
        cls = super().__new__(mcls, name, bases, ns)
        cls.kw = kw
        return cls

    def __init__(cls, name, bases, ns, **kw):
        super().__init__(name, bases, ns)
        cls.registry = getattr(cls, "registry", []) + [name]

    def __call__(cls, *args, **kw):
        obj = super().__call__(*args, **kw)
        obj.called = True
        return obj

    def __len__(cls):
        return 42

    def __iter__(cls):
        return iter(["x", "y"])

    def __getitem__(cls, k):
        return f"{cls.__name__}[{k}]"

    def __contains__(cls, k):
        return k == "yes"

    def __repr__(cls):
        return f"<Meta {cls.__name__}>"

    @property
    def prop(cls):
        return "meta prop " + cls.__name__

    def helper(cls):
        return "helper of " + cls.__name__


class A(metaclass=Meta, tag="t"):
    def __init__(self, v):
        self.v = v


class B(A):
    pass


a = A(3)
print(A, a.v, a.called, A.kw, A.made_by, B.registry, type(A), type(B) is Meta, isinstance(A, Meta), isinstance(A, type))
print(len(A), list(A), A["k"], "yes" in A, "no" in A, A.prop, A.helper(), B.helper())
try:
    a.prop
except AttributeError as e:
    print(e)


class Singleton(type):
    _instances = {}

    def __call__(cls, *args, **kwargs):
        if cls not in cls._instances:
            cls._instances[cls] = super().__call__(*args, **kwargs)
        return cls._instances[cls]


class Config(metaclass=Singleton):
    def __init__(self):
        print("init once")


print(Config() is Config())


class Single:
    _one = None

    def __new__(cls, *args):
        if cls._one is None:
            print("creating")
            cls._one = super().__new__(cls)
        return cls._one

    def __init__(self, v):
        self.v = v


s1, s2 = Single(1), Single(2)
print(s1 is s2, s1.v)


class Other:
    def __new__(cls):
        return 5

    def __init__(self):
        print("never")


print(Other())


class Plugin:
    plugins = []

    def __init_subclass__(cls, /, name=None, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.plugins.append((name, cls.__name__))


class P1(Plugin, name="one"):
    pass


class P2(Plugin):
    pass


print(Plugin.plugins)
try:
    class P3(Plugin, bad=1):
        pass
except TypeError as e:
    print(e)
try:
    class P4(object, x=1):
        pass
except TypeError as e:
    print(e)


class M1(type): pass
class M2(type): pass
class C1(metaclass=M1): pass
class C2(metaclass=M2): pass


try:
    class C3(C1, C2):
        pass
except TypeError as e:
    print(e)
D = Meta("D", (), {"f": lambda self: 1})
print(D, D(*()).f())


class Inst(type):
    def __instancecheck__(cls, obj):
        return obj == 5

    def __subclasscheck__(cls, c):
        return c is int


class Five(metaclass=Inst):
    pass


print(isinstance(5, Five), isinstance(6, Five), issubclass(int, Five), issubclass(str, Five), isinstance(Five(), Five))


def maker(name, bases, ns):
    return (name, bases, sorted(k for k in ns if not k.startswith("__")))


class Odd(metaclass=maker):
    z = 1
    y = 2


print(Odd)
