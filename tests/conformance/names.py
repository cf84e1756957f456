"""Names."""
import asyncio

from virtual_loop import print, run


async def child():
    return asyncio.current_task().get_name()


async def main():
    r = await asyncio.gather(child(), child())
    print(f"{r}")
    t = asyncio.create_task(child(), name="mine")
    u = asyncio.create_task(child())
    print(f"{t.get_name()} {u.get_name()}")
    print(f"{await t} {await u}")
    print(f"{len(asyncio.all_tasks())}")
    w = asyncio.ensure_future(child())
    print(f"{await w}")


run(main())
