"""Cancel gather collecting."""
import asyncio

from virtual_loop import print, run


async def child(n):
    try:
        await asyncio.sleep(n)
        return n
    finally:
        print(f"over {n}")


async def both():
    try:
        r = await asyncio.gather(child(1), child(5), child(7), return_exceptions=True)
        print(f"never {r}")
    except asyncio.CancelledError as e:
        print(f"gather {e.args}")
        raise


async def main():
    t = asyncio.create_task(both())
    await asyncio.sleep(2)
    t.cancel("enough")
    r = await asyncio.gather(t, return_exceptions=True)
    print(f"{r}")
    c = asyncio.create_task(child(3))
    g = asyncio.gather(c, child(4), return_exceptions=True)
    await asyncio.sleep(1)
    c.cancel("one only")
    print(f"{await g}")
    c = asyncio.create_task(child(3))
    g = asyncio.gather(c, child(4))
    await asyncio.sleep(1)
    c.cancel("one only")
    try:
        await g
    except asyncio.CancelledError as e:
        print(f"failed fast {e.args} {g.cancelled()}")
    await asyncio.sleep(5)


run(main())
