"""Tasks."""
import asyncio

from virtual_loop import print, run


async def child(n, d):
    print(f"child {n} begins in {asyncio.current_task().get_name()}")
    await asyncio.sleep(d)
    print(f"child {n} ends")
    return n


async def main():
    print(f"{asyncio.current_task().get_name()}")
    a = asyncio.create_task(child(1, 2))
    b = asyncio.create_task(child(2, 1), name="second")
    print("created")
    c = await child(3, 0)
    print(f"{c}")
    print(f"{await a} {await b} {a.done()}")
    e = asyncio.create_task(child(4, 0))
    e.set_name("renamed")
    await e


run(main())
