import asyncio


async def ticker(n, delay=0):
    print("start")
    try:
        for i in range(n):
            await asyncio.sleep(delay)
            yield i
    except GeneratorExit:
        print("exit")
        raise
    finally:
        await asyncio.sleep(0)
        print("finally")


async def doubled(source):
    async for x in source:
        yield x * 2


async def conversation():
    reply = None
    while reply != "stop":
        try:
            reply = yield f"got {reply}"
        except ValueError as e:
            reply = f"error {e}"


class Stream:
    def __init__(self, items):
        self.items = list(items)

    def __aiter__(self):
        return self.generate()

    async def generate(self):
        for item in self.items:
            yield item


async def main():
    print([x async for x in doubled(ticker(3))])
    g = ticker(5)
    async for x in g:
        if x == 1:
            break
    print("broke")
    await g.aclose()
    print("closed")
    c = conversation()
    print(await c.asend(None))
    print(await c.asend("hello"))
    print(await c.athrow(ValueError("v")))
    try:
        await c.asend("stop")
    except StopAsyncIteration:
        print("conversation over")
    async for item in Stream("abc"):
        print(item, end=" ")
    print()
    print(await anext(doubled(Stream([7]).generate())))
    print(await anext(Stream([]).__aiter__(), "nothing"))
    total = 0
    async for a in Stream([1, 2]):
        async for b in Stream([10, 20]):
            total += a * b
    print(total)
    print({k: v async for k, v in Stream([("a", 1), ("b", 2)])}, {x % 2 async for x in Stream(range(5))})
    agen = (x * x async for x in Stream(range(4)) if x % 2)
    print([x async for x in agen])
    print(type(agen).__name__, type(g).__name__)
    try:
        await c.asend(None)
    except StopAsyncIteration as e:
        print("still over", e.args)
    g = ticker(1)
    try:
        await g.asend("early")
    except TypeError as e:
        print(e)

    async def fails():
        yield 1
        raise KeyError("inside")
    try:
        async for x in fails():
            print(x)
    except KeyError as e:
        print("caught", e)

    async def stops():
        yield 1
        raise StopAsyncIteration("x")
    try:
        async for x in stops():
            pass
    except RuntimeError as e:
        print(e)


asyncio.run(main())
