"""Try finally."""
import asyncio

from virtual_loop import print, run


async def child(n):
    try:
        try:
            await asyncio.sleep(1)
            raise ValueError(n)
        finally:
            await asyncio.sleep(1)
            print("inner")
    except ValueError as e:
        await asyncio.sleep(0)
        print(f"{e!r}")
    else:
        print("else")
    finally:
        await asyncio.sleep(0.5)
        print("outer")
    return "returned"


async def early():
    try:
        return "early"
    finally:
        await asyncio.sleep(1)
        print("late")


async def main():
    print(f"{await child(1)}")
    print(f"{await early()}")
    for i in range(3):
        try:
            await asyncio.sleep(0)
            if i == 1:
                continue
            print(f"{i}")
        finally:
            await asyncio.sleep(0)
            print(f"finally {i}")


run(main())
