"""Waiting and notifying need the lock to be held, by anybody."""
import asyncio


async def main():
    condition = asyncio.Condition()
    for call in condition.notify, condition.notify_all:
        try:
            call()
        except RuntimeError as error:
            print(error)
    try:
        await condition.wait()
    except RuntimeError as error:
        print(error)
    try:
        condition.release()
    except RuntimeError as error:
        print(error)
    lock = asyncio.Lock()
    both = asyncio.Condition(lock)
    async with lock:
        both.notify()
        print(both.locked())


asyncio.run(main())
