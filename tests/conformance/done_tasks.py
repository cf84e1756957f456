"""Done tasks."""
import asyncio

from virtual_loop import print, run


async def quick(n):
    print(f"quick {n}")
    return n


async def other():
    print("other")
    await asyncio.sleep(0)
    print("other again")


async def main():
    t = asyncio.create_task(quick(1))
    o = asyncio.create_task(other())
    await asyncio.sleep(0)
    print(f"{t.done()} {t.result()}")
    print(f"{await t}")
    r = await asyncio.gather(t, quick(2))
    print(f"{r}")
    r = await asyncio.gather(t, t)
    print(f"{r}")
    r = await asyncio.gather()
    print(f"{r}")
    await o


run(main())
