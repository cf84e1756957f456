"""Executor two workers."""
import asyncio

from virtual_loop import Pool, print, run


small = Pool(2)


def work(n, d):
    print(f"job {n} begins")
    yield d
    print(f"job {n} ends")
    return n


async def call(n, d):
    r = await asyncio.get_running_loop().run_in_executor(small, work, n, d)
    print(f"got {r}")


async def main():
    await asyncio.gather(call(1, 2), call(2, 1), call(3, 3), call(4, 1), call(5, 1.5))
    await asyncio.sleep(1)
    await asyncio.gather(call(6, 1), call(7, 2), call(8, 1.5))


run(main())
