"""Arguments that do not fit."""
import asyncio


async def main():
    queue, lock, event = asyncio.Queue(), asyncio.Lock(), asyncio.Event()
    for call in (lambda: queue.put_nowait(), lambda: queue.put(1, 2), lambda: lock.release(1),
                 lambda: event.set(x=1), lambda: asyncio.Barrier(), lambda: asyncio.Lock(1),
                 lambda: queue.put_nowait(itme=1), lambda: lock.hold(), lambda: queue.size):
        try:
            call()
        except (TypeError, AttributeError) as error:
            print(error)
    print(asyncio.Queue, type(lock))


asyncio.run(main())
