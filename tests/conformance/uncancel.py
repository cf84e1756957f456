"""Uncancel."""
import asyncio

from virtual_loop import print, run


async def child():
    me = asyncio.current_task()
    while True:
        try:
            await asyncio.sleep(10)
            break
        except asyncio.CancelledError:
            print(f"{me.cancelling()} {me.uncancel()} {me.cancelling()}")
    return "slept"


async def hasty():
    me = asyncio.current_task()
    me.cancel()
    print(f"{me.cancelling()} {me.uncancel()} {me.uncancel()}")
    await asyncio.sleep(0)
    return "went on"


async def main():
    t = asyncio.create_task(child())
    await asyncio.sleep(1)
    t.cancel()
    await asyncio.sleep(1)
    t.cancel()
    t.cancel()
    print(f"{await t} {t.cancelling()}")
    r = await asyncio.gather(hasty(), return_exceptions=True)
    print(f"{r}")


run(main())
