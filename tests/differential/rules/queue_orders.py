"""The last first, and the smallest first; items that cannot be compared stay, and are not counted."""
import asyncio


async def main():
    stack, heap = asyncio.LifoQueue(), asyncio.PriorityQueue()
    for item in (3, 'c'), (1, 'a'), (2, 'b'), (1, 'z'), (2, 'a'):
        stack.put_nowait(item)
        await heap.put(item)
    print(str(heap))
    print([stack.get_nowait() for _ in range(5)])
    print([await heap.get() for _ in range(5)])
    heap.put_nowait((1, {}))
    try:
        heap.put_nowait((1, {}))
    except TypeError as error:
        print(error)
    print(str(heap), isinstance(heap, asyncio.Queue))


asyncio.run(main())
