"""Sleep order."""
import asyncio

from virtual_loop import print, run


async def nap(n, d):
    await asyncio.sleep(d)
    print(f"nap {n}")


async def main():
    await asyncio.gather(nap(1, 3), nap(2, 1), nap(3, 2), nap(4, 1), nap(5, 0.001), nap(6, 0))


run(main())
