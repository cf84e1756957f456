import asyncio
import time


async def fetch(name, delay):
    print(f"{time.monotonic():.1f}s  {name} starts")
    await asyncio.sleep(delay)
    if name == "orders":
        raise ConnectionError("reset by peer")
    return f"{name} after {delay}s"


async def main():
    try:
        async with asyncio.timeout(5), asyncio.TaskGroup() as group:
            for name, delay in [("users", 3), ("orders", 1), ("prices", 2)]:
                group.create_task(fetch(name, delay), name=name)
    except* ConnectionError as failed:
        print(f"{time.monotonic():.1f}s  {failed.exceptions[0]!r}")


asyncio.run(main())
