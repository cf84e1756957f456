"""Gather."""
import asyncio

from virtual_loop import print, run


async def child(n, d):
    print(f"begin {n}")
    await asyncio.sleep(d)
    print(f"end {n}")
    return n


async def main():
    r = await asyncio.gather(child(1, 1), child(2, 0.5), child(3, 0))
    print(f"{r}")
    r = await asyncio.gather(*[child(i, 1) for i in range(3)])
    print(f"{r}")
    t = asyncio.create_task(child(7, 0))
    r = await asyncio.gather(t, t)
    print(f"{r}")


run(main())
