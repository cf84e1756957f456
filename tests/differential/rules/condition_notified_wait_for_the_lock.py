"""The notified queue for the lock behind those who asked before, and go on when it is released."""
import asyncio

condition = asyncio.Condition()


async def wait(name):
    async with condition:
        print(name, 'waits')
        print(name, await condition.wait(), condition.locked())


async def want():
    async with condition:
        print('the other one has the lock')


async def main():
    tasks = [asyncio.create_task(wait(name)) for name in 'abc']
    await asyncio.sleep(0.01)
    await condition.acquire()
    tasks.append(asyncio.create_task(want()))
    await asyncio.sleep(0)
    condition.notify(2)
    print('notified', repr(condition).partition('[')[2])
    await asyncio.sleep(0.01)
    condition.release()
    await asyncio.sleep(0.01)
    async with condition:
        condition.notify_all()
    await asyncio.gather(*tasks)


asyncio.run(main())
