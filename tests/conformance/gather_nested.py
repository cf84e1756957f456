"""Gather nested."""
import asyncio

from virtual_loop import print, run


async def child(n):
    await asyncio.sleep(0)
    print(f"child {n}")
    return n


async def pair(n):
    r = await asyncio.gather(child(n), child(n + 1))
    print(f"pair {r}")
    return r


async def main():
    r = await asyncio.gather(pair(1), child(9), pair(3))
    print(f"{r}")
    g = asyncio.gather(child(5), child(6))
    r = await asyncio.gather(g, child(7))
    print(f"{r}")


run(main())
