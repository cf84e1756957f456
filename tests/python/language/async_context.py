import asyncio


class Resource:
    def __init__(self, name, fail=False):
        self.name = name
        self.fail = fail

    async def __aenter__(self):
        await asyncio.sleep(0)
        if self.fail:
            raise RuntimeError(f"cannot open {self.name}")
        print("open", self.name)
        return self

    async def __aexit__(self, exc_type, exc, tb):
        await asyncio.sleep(0)
        print("close", self.name, exc_type and exc_type.__name__)
        return False


async def use(n):
    async with Resource("a") as a, Resource("b") as b:
        print(a.name, b.name)
        if n == 1:
            return "early"
        if n == 2:
            raise ValueError("inside")
    return "end"


async def main():
    print(await use(0))
    print(await use(1))
    try:
        await use(2)
    except ValueError as e:
        print("caught", e)
    try:
        async with Resource("x"), Resource("y", fail=True):
            print("never")
    except RuntimeError as e:
        print(e)
    for i in range(3):
        async with Resource(i):
            if i == 0:
                continue
            if i == 1:
                break
    task = asyncio.create_task(slow())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("cancelled")
    try:
        async with 5:
            pass
    except TypeError as e:
        print(e)
    try:
        with Resource("sync"):
            pass
    except TypeError as e:
        print(str(e)[:40])


async def slow():
    async with Resource("slow"):
        try:
            await asyncio.sleep(10)
        finally:
            print("cleanup")


asyncio.run(main())
