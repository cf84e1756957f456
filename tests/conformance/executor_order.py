"""Executor order."""
import asyncio

from virtual_loop import print, run


def work(n, d):
    print(f"job {n} begins")
    yield d
    print(f"job {n} ends")
    return n


async def call(n, d):
    r = await asyncio.get_running_loop().run_in_executor(None, work, n, d)
    print(f"got {r}")


async def nap(d):
    await asyncio.sleep(d)
    print(f"nap {d}")


async def main():
    await asyncio.gather(call(1, 2), nap(1), call(2, 1), nap(2), call(3, 1.5), nap(3))
    r = await asyncio.get_running_loop().run_in_executor(None, work, 4, 1)
    print(f"{r}")


run(main())
