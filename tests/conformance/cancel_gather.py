"""Cancel gather."""
import asyncio

from virtual_loop import print, run


async def child(n):
    try:
        await asyncio.sleep(n)
        print(f"done {n}")
    except asyncio.CancelledError as e:
        print(f"cancelled {n} {e.args}")
        raise


async def both():
    try:
        await asyncio.gather(child(1), child(5), child(7))
    except asyncio.CancelledError as e:
        print(f"gather {e.args}")
        raise


async def main():
    t = asyncio.create_task(both())
    await asyncio.sleep(2)
    t.cancel("enough")
    try:
        await t
    except asyncio.CancelledError as e:
        print(f"main {e.args}")
    print(f"{t.cancelled()}")


run(main())
