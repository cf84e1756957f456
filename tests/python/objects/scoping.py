x = "global"


def outer():
    x = "outer"

    def inner():
        nonlocal x
        x = "changed"
        return x
    before = x
    inner()
    return before, x


print(outer(), x)


def setg():
    global x, fresh
    x = "set"
    fresh = 1


setg()
print(x, fresh)
fns = [lambda: i for i in range(3)]
print([f() for f in fns], [f() for f in [lambda i=i: i for i in range(3)]])


def counter():
    count = 0

    def step(by=1):
        nonlocal count
        count += by
        return count
    return step


a, b = counter(), counter()
print(a(), a(), b(), a(5))


def default(x, acc=[]):
    acc.append(x)
    return acc


print(default(1), default(2), default(3, []))


def kwdef(a, *args, b=10, **kw):
    return a, args, b, kw


print(kwdef(1), kwdef(1, 2, 3), kwdef(1, b=2, c=3), kwdef(*[1, 2], **{"b": 3, "z": 4}))


def order():
    print("evaluated", end=" ")
    return "d"


def lazy(x=order()):
    return x


print(lazy(), lazy())
comp = [y for y in range(3)]
try:
    print(y)
except NameError as e:
    print(e)
if (n := 10) > 5:
    print(n)
print([last := v for v in range(3)], last)


def recursive(n):
    return 1 if n <= 1 else n * recursive(n - 1)


print(recursive(20))


def decorate(prefix):
    def wrap(f):
        def inner(*a, **k):
            return prefix + str(f(*a, **k))
        inner.__name__ = f.__name__
        return inner
    return wrap


@decorate("<")
@decorate("[")
def deco(a, b=2):
    return a + b


print(deco(1), deco(1, b=5), deco.__name__)


class K:
    y = 1
    z = [y for _ in range(1)] if False else y

    def get(self):
        return [self.y for _ in range(2)]


print(K.z, K().get())
def f(a, b, /, c, *, d): return a + b + c + d
print(f(1, 2, c=3, d=4), f(1, 2, 3, d=4))
del x
try:
    x
except NameError as e:
    print(e)
funcs = {}
for name in ("one", "two"):
    def g(name=name):
        return name
    funcs[name] = g
print({k: v() for k, v in funcs.items()})
print((lambda *a, **k: (a, k))(1, z=2), (lambda: (yield))().__class__.__name__, (lambda x, y=2: x * y)(3))
