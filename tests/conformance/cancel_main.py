"""Cancel main."""
import asyncio

from virtual_loop import print, run


async def main():
    asyncio.get_running_loop().call_later(1, asyncio.current_task().cancel, "from outside")
    try:
        await asyncio.sleep(5)
    finally:
        print("finally")
        await asyncio.sleep(1)
        print("cleaned")


run(main())
