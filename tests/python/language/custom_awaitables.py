import asyncio


class Value:
    def __init__(self, v):
        self.v = v

    def __await__(self):
        return self._get().__await__()

    async def _get(self):
        await asyncio.sleep(0)
        return self.v


class Yielding:
    def __await__(self):
        print("before")
        yield
        print("after")
        return 42


class OnFuture:
    def __init__(self, fut):
        self.fut = fut

    def __await__(self):
        result = yield from self.fut.__await__()
        return result + 1


class Chain:
    def __await__(self):
        a = yield from Yielding().__await__()
        b = yield from Value(1).__await__()
        return a + b


class Bad:
    def __await__(self):
        return 5


async def main():
    print(await Value("x"))
    print(await Yielding())
    loop = asyncio.get_running_loop()
    fut = loop.create_future()
    loop.call_soon(fut.set_result, 9)
    print(await OnFuture(fut))
    print(await Chain())
    try:
        await Bad()
    except TypeError as e:
        print(e)
    results = await asyncio.gather(Value(1), Yielding(), Chain())
    print(results)

    async def order(name):
        print(name, 1)
        await Yielding()
        print(name, 2)
    await asyncio.gather(order("a"), order("b"))
    fut = loop.create_future()
    loop.call_soon(fut.set_exception, ValueError("bad"))
    try:
        await OnFuture(fut)
    except ValueError as e:
        print("caught", e)


asyncio.run(main())
