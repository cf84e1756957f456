import asyncio


class Ticker:
    def __init__(self, n):
        self.n = n

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.n == 0:
            raise StopAsyncIteration
        self.n -= 1
        await asyncio.sleep(0.1)
        return self.n


class Managed:
    def __init__(self, name, swallow=False):
        self.name, self.swallow = name, swallow

    async def __aenter__(self):
        print("enter", self.name)
        await asyncio.sleep(0)
        return self.name.upper()

    async def __aexit__(self, et, ev, tb):
        print("exit", self.name, et.__name__ if et else None, ev, tb is not None)
        return self.swallow


class Awaits:
    def __init__(self, v):
        self.v = v

    def __await__(self):
        yield from asyncio.sleep(0.01).__await__()
        return self.v * 2


class Fut:
    def __await__(self):
        return iter([])


async def agen(n):
    try:
        for i in range(n):
            await asyncio.sleep(0)
            got = yield i
            if got:
                print("got", got)
    finally:
        print("agen closed")


async def main():
    print([x async for x in Ticker(3)])
    async for x in Ticker(2):
        print(x)
    else:
        print("else")
    async with Managed("a") as v:
        print(v)
    async with Managed("b", True):
        raise ValueError("inside")
    try:
        async with Managed("c") as c, Managed("d") as d:
            raise KeyError(c + d)
    except KeyError as e:
        print("out", e)
    print(await Awaits(21))
    print([i async for i in agen(3)], {i: i * i async for i in agen(2)}, sum([i async for i in agen(3)]))
    g = agen(5)
    print(await g.__anext__(), await g.asend("hello"))
    await g.aclose()
    g = agen(3)
    await anext(g)
    try:
        await g.athrow(ValueError("thrown"))
    except ValueError as e:
        print("athrow", e)
    print(await anext(agen(0), "default"))
    try:
        await anext(agen(0))
    except StopAsyncIteration:
        print("StopAsyncIteration")
    for bad in (5, None, [1], main):
        try:
            await bad
        except TypeError as e:
            print(e)
    for bad in (5, [1]):
        try:
            async for _ in bad:
                pass
        except TypeError as e:
            print(e)
        try:
            async with bad:
                pass
        except TypeError as e:
            print(e)
    try:
        for _ in Ticker(1):
            pass
    except TypeError as e:
        print(e)
    try:
        with Managed("x"):
            pass
    except TypeError as e:
        print(e)
    c = main()
    print(type(c).__name__, type(agen(0)).__name__)
    c.close()
    async def coro():
        return 1
    c = coro()
    try:
        c.send(None)
    except StopIteration as e:
        print("coro returned", e.value)
    try:
        await c
    except RuntimeError as e:
        print(e)
    print(await asyncio.gather(*(Awaits(i).__class__(i).run() if False else coro() for i in range(2))))


asyncio.run(main())
