import asyncio
from contextlib import AsyncExitStack, aclosing, asynccontextmanager, nullcontext, suppress


@asynccontextmanager
async def connection(name):
    print("open", name)
    await asyncio.sleep(0.01)
    try:
        yield f"conn-{name}"
    finally:
        await asyncio.sleep(0.01)
        print("close", name)


@asynccontextmanager
async def handling():
    try:
        yield
    except ValueError as error:
        print("handled", error)


async def numbers():
    try:
        for i in range(10):
            yield i
    finally:
        print("generator closed")


class Pool:
    async def __aenter__(self):
        print("enter pool")
        return self

    async def __aexit__(self, exc_type, exc, tb):
        print("exit pool", exc_type and exc_type.__name__)
        return exc_type is KeyError


async def main():
    async with connection("a") as a, connection("b") as b:
        print(a, b)
    async with handling():
        raise ValueError("oops")
    try:
        async with connection("c"):
            raise RuntimeError("fails")
    except RuntimeError as error:
        print("caught", error)
    async with AsyncExitStack() as stack:
        names = [await stack.enter_async_context(connection(str(i))) for i in range(3)]
        stack.push_async_callback(asyncio.sleep, 0)
        stack.callback(print, "sync callback")
        pool = await stack.enter_async_context(Pool())
        print(names, type(pool).__name__)
        raise KeyError("swallowed by the pool")
    print("after stack")
    async with aclosing(numbers()) as gen:
        async for n in gen:
            if n == 2:
                break
    async with nullcontext("nothing") as value:
        print(value)
    with suppress(asyncio.TimeoutError):
        await asyncio.wait_for(asyncio.sleep(10), 0.01)
    print("suppressed")
    task = asyncio.create_task(asyncio.sleep(10))
    await asyncio.sleep(0)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    print("cancelled quietly")
    try:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(5)
    except TypeError as error:
        print(error)


asyncio.run(main())
