"""Cancel gather itself."""
import asyncio

from virtual_loop import print, run


async def child(n):
    try:
        await asyncio.sleep(n)
    finally:
        print(f"over {n}")


async def main():
    g = asyncio.gather(child(1), child(2))
    await asyncio.sleep(0)
    print(f"{g.cancel()} {g.cancelled()} {g.done()}")
    try:
        await g
    except asyncio.CancelledError:
        print(f"{g.cancelled()}")
    print(f"{g.cancel()}")


run(main())
