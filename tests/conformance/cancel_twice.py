"""Cancel twice."""
import asyncio

from virtual_loop import print, run


async def child():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError as e:
        print(f"first {e.args}")
        try:
            await asyncio.sleep(5)
        except asyncio.CancelledError as e2:
            print(f"second {e2.args}")
            raise


async def main():
    t = asyncio.create_task(child())
    await asyncio.sleep(1)
    t.cancel("a")
    t.cancel("b")
    print(f"{t.cancelling()}")
    await asyncio.sleep(1)
    t.cancel("c")
    print(f"{t.cancelling()}")
    try:
        await t
    except asyncio.CancelledError as e:
        print(f"main {e.args}")


run(main())
