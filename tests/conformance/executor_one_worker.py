"""Executor one worker."""
import asyncio

from virtual_loop import Pool, print, run


small = Pool(1)


def work(n, d):
    print(f"job {n} begins")
    yield d
    print(f"job {n} ends")
    return n


async def call(n, d):
    r = await asyncio.get_running_loop().run_in_executor(small, work, n, d)
    print(f"got {r}")


async def nap(d):
    await asyncio.sleep(d)
    print(f"nap {d}")


async def main():
    await asyncio.gather(call(1, 2), nap(3.5), call(2, 1), nap(2.5), call(3, 1))
    await call(4, 1)


run(main())
