"""Task callbacks."""
import asyncio

from virtual_loop import print, run


def told(t):
    print(f"told {t.get_name()} {t.cancelled()}")


async def child(d):
    await asyncio.sleep(d)


async def main():
    a = asyncio.create_task(child(0), name="a")
    b = asyncio.create_task(child(9), name="b")
    a.add_done_callback(told)
    b.add_done_callback(told)
    await a
    print("a over")
    a.add_done_callback(told)
    b.cancel()
    await asyncio.sleep(0)
    print("turn")
    await asyncio.sleep(0)
    print("turn")
    await asyncio.sleep(0)


run(main())
