"""Cancel self."""
import asyncio

from virtual_loop import print, run


async def child(sleeps):
    asyncio.current_task().cancel("myself")
    print("still here")
    if sleeps:
        try:
            await asyncio.sleep(0)
        except asyncio.CancelledError as e:
            print(f"here {e.args}")
            raise
    return 1


async def main():
    for sleeps in (True, False):
        t = asyncio.create_task(child(sleeps))
        r = await asyncio.gather(t, return_exceptions=True)
        print(f"{r} {t.cancelled()}")


run(main())
