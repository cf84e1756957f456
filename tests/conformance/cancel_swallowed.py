"""Cancel swallowed."""
import asyncio

from virtual_loop import print, run


async def child():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print(f"swallowed {asyncio.current_task().cancelling()}")
        print(f"{asyncio.current_task().uncancel()}")
    await asyncio.sleep(1)
    return "lived on"


async def main():
    t = asyncio.create_task(child())
    await asyncio.sleep(0)
    t.cancel()
    print(f"{await t} {t.cancelled()} {t.cancelling()}")


run(main())
