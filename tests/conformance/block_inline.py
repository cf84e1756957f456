"""Block inline."""
import asyncio

from virtual_loop import block, print, run


async def nap(n, d):
    await asyncio.sleep(d)
    print(f"nap {n}")


def work():
    yield 1.5
    print("job ends")


async def main():
    a = asyncio.gather(nap(1, 1), nap(2, 3), nap(3, 2), nap(4, 5))
    asyncio.get_running_loop().run_in_executor(None, work)
    await asyncio.sleep(0.5)
    print("blocks")
    block(3)
    print("blocked")
    await asyncio.sleep(0.5)
    print("main")
    await a


run(main())
