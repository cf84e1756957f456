"""Leftovers."""
import asyncio

from virtual_loop import print, run


async def child(n):
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError as e:
        print(f"cancelled {n} {e.args}")
        await asyncio.sleep(n)
        print(f"clean {n}")
        raise


async def fresh():
    print("started")
    await asyncio.sleep(0)
    print("never")


async def main():
    asyncio.create_task(child(1), name="one")
    two = asyncio.create_task(child(2))
    await asyncio.sleep(1)
    asyncio.create_task(fresh())
    print("main ends")
    return two


run(main())
