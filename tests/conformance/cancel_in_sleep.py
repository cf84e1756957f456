"""Cancel in sleep."""
import asyncio

from virtual_loop import print, run


async def child():
    try:
        print("sleeps")
        await asyncio.sleep(10)
    except asyncio.CancelledError as e:
        print(f"child {e.args}")
        raise
    finally:
        print("finally")


async def main():
    t = asyncio.create_task(child())
    await asyncio.sleep(1)
    t.cancel("stop it")
    print("requested")
    try:
        await t
    except asyncio.CancelledError as e:
        print(f"main {e.args}")
    await asyncio.sleep(20)
    print("end")


run(main())
