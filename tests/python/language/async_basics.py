import asyncio


async def child(n):
    await asyncio.sleep(0)
    return n * 2


class Awaitable:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        yield from asyncio.sleep(0).__await__()
        return self.value


class Bare:
    def __await__(self):
        yield
        return "bare"


class AsyncManager:
    async def __aenter__(self):
        print("aenter")
        await asyncio.sleep(0)
        return self

    async def __aexit__(self, t, e, tb):
        print("aexit", t.__name__ if t else None)
        await asyncio.sleep(0)
        return t is ValueError


class Countdown:
    def __init__(self, n):
        self.n = n

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.n == 0:
            raise StopAsyncIteration
        self.n -= 1
        await asyncio.sleep(0)
        return self.n


async def agen(n):
    try:
        for i in range(n):
            got = yield i
            if got:
                print("got", got)
            await asyncio.sleep(0)
    finally:
        print("agen closed")


async def main():
    print(await child(2))
    print(await Awaitable(5), await Bare())
    async with AsyncManager() as m:
        print(type(m).__name__)
    async with AsyncManager():
        raise ValueError("swallowed")
    try:
        async with AsyncManager():
            raise KeyError("kept")
    except KeyError as e:
        print("caught", e)
    async for i in Countdown(3):
        print("countdown", i)
    else:
        print("else")
    async for i in agen(2):
        print("agen", i)
    print([i async for i in agen(3) if i])
    print({i: i * i async for i in agen(2)})
    print([await child(i) for i in range(3)])
    print([x async for x in (await child(i) for i in range(2))])
    g = agen(5)
    print(await g.__anext__(), await anext(g), await g.asend("hi"))
    await g.aclose()
    try:
        await g.__anext__()
    except StopAsyncIteration:
        print("stop async")
    g = agen(3)
    await anext(g)
    try:
        await g.athrow(KeyError("thrown"))
    except KeyError as e:
        print("threw", e)
    try:
        await 5
    except TypeError as e:
        print("TypeError:", e)
    try:
        async for x in 5:
            pass
    except TypeError as e:
        print("TypeError:", e)
    coro = child(1)
    print(await coro)
    try:
        await coro
    except RuntimeError as e:
        print("RuntimeError:", e)
    results = await asyncio.gather(child(1), Awaitable(2), child(3))
    print(results)
    task = asyncio.create_task(child(10))
    print(await task)

    async def inner():
        return x
    x = 3
    print(await inner())
    f = lambda: child(7)
    print(await f())
    print(await (child(1) if x else child(2)))
    return "main result"


print(asyncio.run(main()))

c = child(4)
try:
    c.send(None)
    c.send(None)
except StopIteration as stop:
    print("by hand", stop.value)
