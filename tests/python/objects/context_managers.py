class CM:
    def __init__(self, name, swallow=()):
        self.name, self.swallow = name, swallow

    def __enter__(self):
        print("enter", self.name)
        return self

    def __exit__(self, et, ev, tb):
        print("exit", self.name, et and et.__name__, ev)
        return et is not None and issubclass(et, self.swallow or ())


with CM("a") as a:
    print(a.name)
with CM("b", (ValueError,)):
    raise ValueError("swallowed")
print("after")
try:
    with CM("c"), CM("d"):
        raise KeyError("k")
except KeyError as e:
    print("caught", e)


def f():
    with CM("ret"):
        return "value"


print(f())
for i in range(3):
    with CM(i):
        if i == 1:
            continue
        if i == 2:
            break


class BadEnter:
    def __enter__(self):
        raise RuntimeError("in enter")

    def __exit__(self, *a):
        print("never")


try:
    with BadEnter():
        pass
except RuntimeError as e:
    print(e)


class BadExit:
    def __enter__(self):
        return 1

    def __exit__(self, *a):
        raise RuntimeError("in exit")


try:
    with BadExit():
        raise ValueError("body")
except RuntimeError as e:
    print(e, repr(e.__context__))
for thing in (5, "s", object()):
    try:
        with thing:
            pass
    except TypeError as e:
        print(e)


class NoExit:
    def __enter__(self): pass


class NoEnter:
    def __exit__(self, *a): pass


for c in (NoExit, NoEnter):
    try:
        with c():
            pass
    except TypeError as e:
        print(e)
with CM("x") as (x), CM("y") as y:
    print(x.name, y.name)
with (CM("p") as p, CM("q") as q):
    print(p.name + q.name)


class Target: pass


t = Target()
with CM("attr") as t.value:
    print(t.value.name)


class Timer:
    total = 0

    def __enter__(self):
        Timer.total += 1
        return self.total

    __exit__ = lambda self, *a: False


with Timer() as n1, Timer() as n2:
    print(n1, n2)
try:
    with CM("finally"):
        try:
            raise ValueError("v")
        finally:
            print("inner finally")
except ValueError as e:
    print("outer", e)
