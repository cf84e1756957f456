class A:
    def who(self):
        return "A"
    def call(self):
        return self.who()
class B(A):
    def who(self):
        return "B" + super().who()
class C(A):
    def who(self):
        return "C" + super().who()
class D(B, C):
    def who(self):
        return "D" + super().who()
print(D().call(), [k.__name__ for k in D.__mro__], D.__bases__, A.__subclasses__() if False else "")
class Base:
    def __init__(self, **kw):
        self.kw = kw
        print("Base", kw)
class Mixin:
    def __init__(self, m=1, **kw):
        super().__init__(**kw)
        self.m = m
class Final(Mixin, Base):
    def __init__(self, x, **kw):
        super().__init__(**kw)
        self.x = x
f = Final(1, m=2, other=3)
print(vars(f))
try:
    class Bad(A, D): pass
except TypeError as e:
    print(str(e).split("\n")[0])
class Int(int):
    def double(self):
        return Int(self * 2)
    def __repr__(self):
        return f"Int({int(self)})"
print(Int(5).double(), Int(5) + 1, isinstance(Int(1), int), [Int(2)])
class L(list):
    def first(self):
        return self[0]
l = L([3, 4]); l.append(5)
print(l, l.first(), len(l), type(l).__name__)
class D2(dict):
    def __missing__(self, key):
        return f"no {key}"
d = D2(a=1)
print(d["a"], d["b"], d.get("b"), d)
class S(str):
    def shout(self):
        return self.upper() + "!"
print(S("hi").shout(), S("hi") == "hi")
class E(ValueError):
    def __init__(self, msg, code):
        super().__init__(msg)
        self.code = code
try:
    raise E("m", 7)
except ValueError as e:
    print(e, e.code, e.args, type(e).__mro__[1].__name__)
class WithNew:
    def __new__(cls, *args):
        print("new", args)
        return super().__new__(cls)
    def __init__(self, *args):
        print("init", args)
WithNew(1, 2)
class Single:
    _one = None
    def __new__(cls):
        if cls._one is None:
            cls._one = super().__new__(cls)
        return cls._one
print(Single() is Single())
