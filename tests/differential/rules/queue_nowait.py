"""Full, empty, and the counts."""
import asyncio


async def main():
    queue = asyncio.Queue(2)
    for call in queue.get_nowait, lambda: [queue.put_nowait(1) for _ in range(3)]:
        try:
            call()
        except (asyncio.QueueEmpty, asyncio.QueueFull) as error:
            print(repr(error), queue.qsize(), queue.empty(), queue.full())
    unlimited = asyncio.Queue(-3)
    for item in range(5):
        unlimited.put_nowait(item)
    print(unlimited.full(), unlimited.qsize(), unlimited.maxsize, unlimited)


asyncio.run(main())
