"""Cancel finally awaits."""
import asyncio

from virtual_loop import print, run


async def child(n):
    try:
        await asyncio.sleep(10)
    finally:
        print(f"cleaning {n}")
        await asyncio.sleep(n)
        print(f"clean {n}")


async def main():
    a = asyncio.create_task(child(1))
    b = asyncio.create_task(child(2))
    await asyncio.sleep(1)
    b.cancel()
    a.cancel()
    r = await asyncio.gather(a, b, return_exceptions=True)
    print(f"{r}")


run(main())
