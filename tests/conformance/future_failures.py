"""Future failures."""
import asyncio

from virtual_loop import print, run


async def waiter(n, f):
    try:
        await f
    except ValueError as e:
        print(f"{n} {e!r}")
    except asyncio.CancelledError as e:
        print(f"{n} cancelled {e.args}")


async def main():
    f = asyncio.get_running_loop().create_future()
    a = asyncio.create_task(waiter(1, f))
    b = asyncio.create_task(waiter(2, f))
    await asyncio.sleep(1)
    f.set_exception(ValueError("bad"))
    await asyncio.gather(a, b)
    print(f"{f.exception()!r}")
    f = asyncio.get_running_loop().create_future()
    a = asyncio.create_task(waiter(3, f))
    b = asyncio.create_task(waiter(4, f))
    await asyncio.sleep(0)
    print(f"{f.cancel('msg')} {f.cancelled()}")
    await asyncio.gather(a, b)


run(main())
