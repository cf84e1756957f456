"""Cancel before first step."""
import asyncio

from virtual_loop import print, run


async def child():
    print("never")


async def main():
    t = asyncio.create_task(child())
    print(f"{t.cancel()} {t.cancelled()}")
    try:
        await t
    except asyncio.CancelledError as e:
        print(f"cancelled {e.args} {t.cancelled()} {t.done()}")
    print(f"{t.cancel()}")


run(main())
