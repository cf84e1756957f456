"""Chain."""
import asyncio

from virtual_loop import print, run


async def first():
    await asyncio.sleep(1)
    return 1


async def next_of(t, n):
    r = await t
    print(f"{n} got {r}")
    return r + 1


async def main():
    t = asyncio.create_task(first())
    for n in range(5):
        t = asyncio.create_task(next_of(t, n))
    print(f"{await t}")
    t.cancel()
    deep = asyncio.create_task(asyncio.sleep(10))
    for n in range(3):
        deep = asyncio.create_task(next_of(deep, n))
    await asyncio.sleep(1)
    deep.cancel("down")
    try:
        await deep
    except asyncio.CancelledError as e:
        print(f"{e.args}")


run(main())
