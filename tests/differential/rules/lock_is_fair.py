"""A woken waiter takes the lock when it resumes; nobody gets in between, though it is free."""
import asyncio

lock = asyncio.Lock()


async def wait(name):
    await lock.acquire()
    print(name, 'has it')
    await asyncio.sleep(0)
    lock.release()


async def barge():
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print('free:', not lock.locked())
    async with lock:
        print('barger has it')


async def main():
    await lock.acquire()
    waiters = [asyncio.create_task(wait(name)) for name in 'abc']
    barger = asyncio.create_task(barge())
    await asyncio.sleep(0)
    print(await asyncio.wait_for(asyncio.sleep(0, 'released'), 1))
    lock.release()
    print('free:', not lock.locked())
    await asyncio.gather(barger, *waiters)


asyncio.run(main())
