"""Await kinds."""
import asyncio

from virtual_loop import print, run


async def inner():
    await asyncio.sleep(0)
    return "coroutine"


async def plain():
    return "at once"


async def main():
    print(f"{await plain()}")
    print(f"{await inner()}")
    t = asyncio.create_task(inner())
    print(f"{await t}")
    print(f"{await t}")
    t = asyncio.create_task(plain())
    print(f"{await t}")
    f = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_soon(f.set_result, "future")
    print(f"{await f}")
    print(f"{await f}")


run(main())
