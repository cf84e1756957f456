"""Cancel two awaiters."""
import asyncio

from virtual_loop import print, run


async def target():
    await asyncio.sleep(10)


async def waiter(n, t):
    try:
        await t
    except asyncio.CancelledError as e:
        print(f"waiter {n} {e.args} {t.cancelled()}")


async def main():
    t = asyncio.create_task(target())
    a = asyncio.create_task(waiter(1, t))
    b = asyncio.create_task(waiter(2, t))
    await asyncio.sleep(1)
    t.cancel("both hear")
    await asyncio.gather(a, b)
    t = asyncio.create_task(target())
    a = asyncio.create_task(waiter(3, t))
    b = asyncio.create_task(waiter(4, t))
    await asyncio.sleep(1)
    a.cancel("through the first")
    await asyncio.gather(a, b)


run(main())
