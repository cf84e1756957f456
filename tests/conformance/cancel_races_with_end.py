"""Cancel races with end."""
import asyncio

from virtual_loop import print, run


async def child():
    await asyncio.sleep(1)
    print("woken")
    return 1


async def main():
    t = asyncio.create_task(child())
    await asyncio.sleep(1)
    print(f"{t.done()} {t.cancel()}")
    r = await asyncio.gather(t, return_exceptions=True)
    print(f"{r} {t.cancelled()}")
    f = asyncio.get_running_loop().create_future()
    async_waiter = asyncio.create_task(wait(f))
    await asyncio.sleep(0)
    f.set_result(2)
    print(f"{async_waiter.cancel()}")
    r = await asyncio.gather(async_waiter, return_exceptions=True)
    print(f"{r}")


async def wait(f):
    return await f


run(main())
