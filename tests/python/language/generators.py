def countdown(n):
    while n > 0:
        yield n
        n -= 1
    return "liftoff"


print(list(countdown(3)))
g = countdown(2)
print(next(g), next(g))
try:
    next(g)
except StopIteration as stop:
    print("stopped with", stop.value)
print(next(g, "default"))


def echo():
    received = None
    while True:
        try:
            received = yield received
            print("received", received)
        except ValueError as e:
            print("caught", e)
            received = "recovered"
        finally:
            print("turn over")


e = echo()
print(e.send(None))
print(e.send(1))
print(e.throw(ValueError("bad")))
e.close()
try:
    e.send(2)
except StopIteration:
    print("closed")


def delegating():
    result = yield from countdown(2)
    print("got", result)
    yield from [10, 20]
    yield from "ab"
    sent = yield from inner()
    print("inner returned", sent)


def inner():
    total = 0
    while True:
        x = yield total
        if x is None:
            return total
        total += x


d = delegating()
out = [next(d) for _ in range(6)]
print(out)
print(d.send(None))
print(d.send(5), d.send(6))
try:
    d.send(None)
except StopIteration as stop:
    print("done", stop.value)


def guarded():
    try:
        yield 1
        yield 2
    except GeneratorExit:
        print("exit seen")
        raise
    finally:
        print("cleanup")


for value in guarded():
    print(value)
    break
print("after break")

g = guarded()
next(g)
del g
print("after del")


def ignoring():
    try:
        yield 1
    except GeneratorExit:
        yield 2


i = ignoring()
next(i)
try:
    i.close()
except RuntimeError as error:
    print("RuntimeError:", error)


def raising():
    yield 1
    raise StopIteration("inside")


r = raising()
next(r)
try:
    next(r)
except RuntimeError as error:
    print(error, "/", repr(error.__cause__))

squares = (n * n for n in range(5) if n % 2)
print(squares.__next__(), list(squares))
print(sum(x * y for x in range(3) for y in range(3) if x != y))
print(max((len(w), w) for w in "the quick brown fox".split()))


def tree(depth):
    if depth:
        yield from tree(depth - 1)
        yield depth
        yield from tree(depth - 1)


print(list(tree(4)))


def throw_through():
    try:
        yield from guarded_inner()
    except KeyError as e:
        print("outer caught", e)
        yield "recovered"


def guarded_inner():
    try:
        yield "first"
    except ValueError as e:
        print("inner caught", e)
        yield "second"


t = throw_through()
print(next(t))
print(t.throw(ValueError("v")))
print(t.throw(KeyError("k")))
print(next(t, "end"))

try:
    countdown(3).send("early")
except TypeError as e:
    print("TypeError:", e)


def self_running():
    yield next(me)


me = self_running()
try:
    next(me)
except ValueError as e:
    print("ValueError:", e)


def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


def take(n, it):
    for _, x in zip(range(n), it):
        yield x


print(list(take(10, fib())))
