class C:
    shared = []; count = 0; name = "class"
    def __init__(self): C.count += 1; self.own = []
    def bump(self): self.count += 1; return self.count
a, b = C(), C(); a.shared.append(1); a.own.append(2); print(b.shared, b.own, C.count, a.bump(), b.count, C.count, vars(a), "count" in vars(b))
a.name = "instance"; print(a.name, b.name, C.name); del a.name; print(a.name); C.name = "changed"; print(a.name, b.name); C.new = lambda self: "added"; print(a.new())
a.new = lambda: "own"; print(a.new(), b.new()); a.__class__.name = "via class"; print(b.name); setattr(C, "dyn", 5); print(a.dyn, getattr(C, "dyn"), hasattr(b, "dyn")); delattr(C, "dyn"); print(hasattr(a, "dyn"))
class D(C): count = 100
d = D(); print(D.count, C.count, d.count, d.bump(), D.count, D.shared is C.shared); D.shared = [9]; print(C.shared, D.shared, d.shared, a.shared)
print(sorted(k for k in C.__dict__ if not k.startswith("__")), C.__dict__["name"], type(C.__dict__["bump"]).__name__, "bump" in D.__dict__)
class E:
    x = y = 1
    z = x + y
    w = [i for i in range(z)]
    def f(self, k=z): return k
    if z > 1: cond = "yes"
    for i in range(2): pass
    del x
print(E.z, E.w, E().f(), E.cond, E.i, hasattr(E, "x"), E.y)
for f in (lambda: C.missing, lambda: a.missing, lambda: delattr(a, "missing"), lambda: delattr(C, "missing"), lambda: a.bump.x):
    try: f()
    except AttributeError as e: print(e)
class Const:
    PI = 3.14
    class Inner: value = 5
    @classmethod
    def area(cls, r): return cls.PI * r
print(Const.area(2), Const.Inner.value, Const().Inner().value, Const.Inner.__qualname__); Const.PI = 3; print(Const.area(2))
class Slots:
    __slots__ = ["a"]
    b = 5
s = Slots(); s.a = 1; print(s.a, s.b)
try: s.b = 6
except AttributeError as e: print(e)
class Auto:
    def __getattr__(self, n): v = n.upper(); setattr(self, n, v); return v
o = Auto(); print(o.abc, o.__dict__, o.abc)
