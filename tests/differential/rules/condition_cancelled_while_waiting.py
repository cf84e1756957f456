"""A cancelled waiter takes the lock again before it fails, however often it is cancelled."""
import asyncio

condition = asyncio.Condition()


async def wait():
    async with condition:
        try:
            await condition.wait()
        except asyncio.CancelledError as error:
            print(error.args, condition.locked())
            raise


async def main():
    task = asyncio.create_task(wait())
    await asyncio.sleep(0)
    await condition.acquire()
    task.cancel('first')
    await asyncio.sleep(0.01)
    task.cancel('second')
    await asyncio.sleep(0.01)
    print('main lets the lock go')
    condition.release()
    try:
        await task
    except asyncio.CancelledError as error:
        print('main', error.args)


asyncio.run(main())
