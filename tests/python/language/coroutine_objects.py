import asyncio


async def simple():
    return 1


async def fails():
    raise ValueError("x")


c = simple()
print(type(c).__name__, c.__name__, c.__qualname__)
try:
    c.send(None)
except StopIteration as e:
    print("value", e.value)
try:
    c.send(None)
except RuntimeError as e:
    print(e)
c = fails()
try:
    c.send(None)
except ValueError as e:
    print(e)
c = simple()
c.close()
try:
    c.send(None)
except RuntimeError as e:
    print(e)
c = simple()
try:
    c.throw(KeyError("k"))
except KeyError as e:
    print("thrown", e)


class Pause:
    def __await__(self):
        got = yield "paused"
        return got


async def pausing():
    try:
        print("got", await Pause())
        print("got", await Pause())
    except KeyError as e:
        print("key", e)
        return "recovered"
    finally:
        print("done")


p = pausing()
print(p.send(None))
print(p.send("first"))
try:
    p.throw(KeyError("injected"))
except StopIteration as e:
    print(e.value)
p = pausing()
p.send(None)
p.close()


def run(coro):
    try:
        while True:
            print("yielded", coro.send(None))
    except StopIteration as e:
        return e.value


print(run(pausing()))


async def outer():
    return await simple() + await simple()


print(run(outer()), asyncio.iscoroutine(outer), asyncio.iscoroutinefunction(outer))
try:
    for x in simple():
        pass
except TypeError as e:
    print(e)
