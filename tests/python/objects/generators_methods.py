def gen():
    try:
        x = yield 1
        print("got", x)
        y = yield 2
        print("got", y)
    except ValueError as e:
        print("caught", e)
        yield "recovered"
    finally:
        print("cleanup")
    return "result"


g = gen()
print(next(g), g.send("a"))
try:
    g.send("b")
except StopIteration as e:
    print("stop", e.value)
print(next(g, "over"))
g = gen()
next(g)
print(g.throw(ValueError("boom")))
try:
    next(g)
except StopIteration as e:
    print(e.value, e.args)
g = gen()
next(g)
g.close()
g.close()
try:
    next(g)
except StopIteration:
    print("closed")
g = gen()
try:
    g.send(5)
except TypeError as e:
    print(e)
g = gen()
next(g)
try:
    g.throw(KeyError("k"))
except KeyError as e:
    print("key", e)
except TypeError as e:
    print(e)


def stubborn():
    try:
        yield 1
    except GeneratorExit:
        print("ignoring")
        yield 2


s = stubborn()
next(s)
try:
    s.close()
except RuntimeError as e:
    print(e)


def inner():
    received = yield "inner1"
    print("inner got", received)
    yield "inner2"
    return "inner result"


def outer():
    r = yield from inner()
    print("r =", r)
    yield from [10, 20]
    yield from (x for x in "ab")
    return r


o = outer()
print(next(o), o.send("hi"), list(o))


def bad():
    yield 1
    raise StopIteration("x")


b = bad()
next(b)
try:
    next(b)
except RuntimeError as e:
    print(e, repr(e.__cause__))


def reentrant():
    yield next(r)


r = reentrant()
try:
    next(r)
except ValueError as e:
    print(e)


def throws_through():
    try:
        yield from inner()
    except KeyError as e:
        print("outer caught", e)
        yield "after"


t = throws_through()
next(t)
print(t.throw(KeyError("x")))
print(list(map(lambda v: v * 2, (i for i in range(4)))), sum(x for x in range(5)), max((len(w) for w in ["a", "bbb"]), default=0))
e = (i * i for i in range(3))
print(iter(e) is e, next(e), list(e), list(e), type(e).__name__, e.__name__)


def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


import itertools
print(list(itertools.islice(fib(), 10)))


def countdown(n):
    while n:
        sent = yield n
        n = sent if sent is not None else n - 1


c = countdown(5)
print(next(c), next(c), c.send(2), next(c), next(c, None))


def ret_only():
    return 7
    yield


try:
    next(ret_only())
except StopIteration as e:
    print(e.value)


class Tree:
    def __init__(self, v, l=None, r=None):
        self.v, self.l, self.r = v, l, r

    def __iter__(self):
        if self.l:
            yield from self.l
        yield self.v
        if self.r:
            yield from self.r


print(list(Tree(4, Tree(2, Tree(1), Tree(3)), Tree(6))))
print(g.gi_frame is None if hasattr(g, "gi_frame") else True)
