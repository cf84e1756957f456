"""Call later."""
import asyncio

from virtual_loop import print, run


def note(n):
    print(f"note {n}")


def again(n):
    print(f"again {n}")
    if n > 0:
        asyncio.get_running_loop().call_later(0, again, n - 1)


async def main():
    asyncio.get_running_loop().call_later(1, note, 1)
    asyncio.get_running_loop().call_later(0.5, note, 2)
    asyncio.get_running_loop().call_later(1, note, 3)
    asyncio.get_running_loop().call_later(0, note, 4)
    asyncio.get_running_loop().call_later(0, again, 2)
    h = asyncio.get_running_loop().call_later(0.7, note, 5)
    asyncio.get_running_loop().call_later(9, note, 6)
    await asyncio.sleep(0.6)
    h.cancel()
    await asyncio.sleep(1)
    print("main")


run(main())
