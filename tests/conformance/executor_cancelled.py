"""Executor cancelled."""
import asyncio

from virtual_loop import Pool, print, run


small = Pool(1)


def work(n):
    print(f"job {n} begins")
    yield 3
    print(f"job {n} ends")
    return n


async def call(n):
    try:
        r = await asyncio.get_running_loop().run_in_executor(small, work, n)
        print(f"got {r}")
    except asyncio.CancelledError:
        print(f"cancelled {n}")
        raise


async def main():
    a = asyncio.create_task(call(1))
    b = asyncio.create_task(call(2))
    c = asyncio.create_task(call(3))
    await asyncio.sleep(1)
    a.cancel()
    b.cancel()
    r = await asyncio.gather(a, b, c, return_exceptions=True)
    print(f"{r}")


run(main())
