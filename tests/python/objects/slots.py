class P:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


p = P(1, 2)
print(p.x, p.y, P.__slots__, hasattr(p, "__dict__"), P.x)
p.x += 5
print(p.x)
for f in (lambda: setattr(p, "z", 1), lambda: delattr(p, "z"), lambda: p.z):
    try:
        f()
    except AttributeError as e:
        print(e)
del p.x
try:
    p.x
except AttributeError as e:
    print(e)
try:
    del p.x
except AttributeError as e:
    print(e)


class Q(P):
    pass


q = Q(1, 2)
q.z = 3
print(q.z, q.x)


class R(P):
    __slots__ = ("w",)


r = R(1, 2)
r.w = 9
try:
    r.v = 1
except AttributeError as e:
    print(e)
print(r.w, r.x)


class S:
    __slots__ = "only"
    const = 5


s = S()
s.only = 1
print(s.only, s.const)
try:
    s.const = 6
except AttributeError as e:
    print(e)
try:
    class Bad:
        __slots__ = ("a",)
        a = 1
except ValueError as e:
    print(e)


class WithDict:
    __slots__ = ("a", "__dict__")


w = WithDict()
w.a, w.b = 1, 2
print(w.a, w.b)
