"""Call soon."""
import asyncio

from virtual_loop import print, run


def note(n):
    print(f"note {n}")


def more(n):
    print(f"more {n}")
    asyncio.get_running_loop().call_soon(note, n + 1)


async def main():
    asyncio.get_running_loop().call_soon(note, 1)
    asyncio.get_running_loop().call_soon(more, 2)
    h = asyncio.get_running_loop().call_soon(note, 9)
    h.cancel()
    await asyncio.sleep(0)
    print(f"main {h.cancelled()}")
    await asyncio.sleep(0)
    print("main")


run(main())
