"""A lock whose waiters are all cancelled is free for who comes, before they have gone on."""
import asyncio

lock = asyncio.Lock()


async def wait():
    async with lock:
        print('never')


async def main():
    await lock.acquire()
    tasks = [asyncio.create_task(wait()) for _ in range(2)]
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    lock.release()
    await lock.acquire()
    print('main has it again')
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print([task.cancelled() for task in tasks], repr(lock).partition('[')[2])


asyncio.run(main())
