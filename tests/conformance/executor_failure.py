"""Executor failure."""
import asyncio

from virtual_loop import print, run


def work(n):
    yield 1
    raise ValueError(n)


def quick(n):
    yield 0.5
    print(f"quick {n}")
    return n


async def main():
    try:
        await asyncio.get_running_loop().run_in_executor(None, work, 1)
    except ValueError as e:
        print(f"{e!r}")
    r = await asyncio.gather(asyncio.to_thread(work, 2), asyncio.to_thread(quick, 3), return_exceptions=True)
    print(f"{r}")


run(main())
