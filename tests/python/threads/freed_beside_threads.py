# What closures held is let go as soon as they are, also while threads run.
import asyncio
import contextlib
import time


@contextlib.asynccontextmanager
async def guard():
    try:
        yield
    finally:
        print("unguard")


class Held:
    def __del__(self):
        print("let go")


def closure():
    held = Held()
    return lambda: held


async def main():
    loop = asyncio.get_running_loop()
    job = loop.run_in_executor(None, time.sleep, 0.02)
    async with contextlib.AsyncExitStack() as exits:
        await exits.enter_async_context(guard())
    kept = closure()
    kept()
    kept = None
    print("gone")
    await job


asyncio.run(main())
