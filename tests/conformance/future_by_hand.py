"""Future by hand."""
import asyncio

from virtual_loop import print, run


def told(f):
    print(f"callback {f.result()}")


async def waiter(n, f):
    print(f"{n} got {await f}")


async def main():
    f = asyncio.get_running_loop().create_future()
    a = asyncio.create_task(waiter(1, f))
    f.add_done_callback(told)
    b = asyncio.create_task(waiter(2, f))
    await asyncio.sleep(0)
    f.add_done_callback(told)
    f.set_result("x")
    print(f"{f.done()} {f.result()}")
    await a
    await b
    f.add_done_callback(told)
    print("late")
    await asyncio.sleep(0)
    f = asyncio.get_running_loop().create_future()
    f.add_done_callback(told)
    f.add_done_callback(told)
    print(f"{f.remove_done_callback(told)}")
    f.set_result(0)
    try:
        f.set_result(1)
    except asyncio.InvalidStateError as e:
        print(f"{e}")
    await asyncio.sleep(0)


run(main())
