"""Exceptions."""
import asyncio

from virtual_loop import print, run


async def child(d, e):
    await asyncio.sleep(d)
    raise e


async def main():
    try:
        await child(0, ValueError("direct"))
    except ValueError as e:
        print(f"{e!r}")
    t = asyncio.create_task(child(1, KeyError("task")))
    await asyncio.sleep(2)
    print(f"{t.done()} {t.exception()!r}")
    try:
        await t
    except KeyError as e:
        print(f"{e!r}")
    try:
        t.result()
    except LookupError as e:
        print(f"{e!r}")
    try:
        asyncio.current_task().result()
    except asyncio.InvalidStateError as e:
        print(f"{e}")
    raise RuntimeError("the end")


run(main())
