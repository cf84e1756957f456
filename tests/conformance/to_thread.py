"""To thread."""
import asyncio

from virtual_loop import print, run


def work(n, d=1):
    print(f"job {n} begins")
    yield d
    print(f"job {n} ends")
    return n


async def ticker():
    for i in range(4):
        await asyncio.sleep(0.75)
        print(f"tick {i}")


async def main():
    t = asyncio.create_task(ticker())
    r = await asyncio.to_thread(work, 1)
    print(f"{r}")
    r = await asyncio.to_thread(work, 2, 2)
    print(f"{r}")
    await t


run(main())
