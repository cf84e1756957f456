"""Gather fails."""
import asyncio

from virtual_loop import print, run


async def child(n, d, fails):
    try:
        await asyncio.sleep(d)
        if fails:
            print(f"fails {n}")
            raise ValueError(n)
        return n
    finally:
        print(f"over {n}")


async def main():
    try:
        await asyncio.gather(child(1, 1, False), child(2, 2, True), child(3, 3, True), child(4, 4, False))
    except ValueError as e:
        print(f"{e!r}")
    await asyncio.sleep(3)
    r = await asyncio.gather(child(1, 1, False), child(2, 2, True), child(3, 0, True), return_exceptions=True)
    print(f"{r}")


run(main())
