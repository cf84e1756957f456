"""A waiter that is cancelled leaves; one that was woken hands its turn on."""
import asyncio

lock = asyncio.Lock()


async def wait(name):
    try:
        async with lock:
            print(name, 'has it')
    except asyncio.CancelledError as error:
        print(name, repr(error), lock.locked())
        raise


async def main():
    await lock.acquire()
    tasks = [asyncio.create_task(wait(name)) for name in 'abcd']
    await asyncio.sleep(0)
    tasks[0].cancel('early')
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(repr(lock).partition('[')[2])
    lock.release()
    print('woken:', tasks[1].cancel('late'))
    await asyncio.sleep(0)
    print(lock.locked())
    await asyncio.wait(tasks)
    print(repr(lock).partition('[')[2])


asyncio.run(main())
