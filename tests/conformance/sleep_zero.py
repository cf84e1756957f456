"""Sleep zero."""
import asyncio

from virtual_loop import print, run


async def turn(n, times):
    for i in range(times):
        print(f"{n}{i}")
        await asyncio.sleep(0)
    print(f"{n} ends")


async def main():
    a = asyncio.create_task(turn("a", 3))
    b = asyncio.create_task(turn("b", 2))
    await asyncio.sleep(0)
    print("main")
    await asyncio.sleep(0)
    print("main")
    await a
    await b
    await asyncio.sleep(-1, None)
    print("after a negative sleep")
    x = await asyncio.sleep(1, "value")
    print(f"{x}")


run(main())
