"""A notification that its receiver cannot use is passed on from 3.13, and lost before."""
import asyncio

condition = asyncio.Condition()


async def wait(name):
    async with condition:
        try:
            await condition.wait()
            print(name, 'notified')
        except asyncio.CancelledError as error:
            print(name, error.args)


async def main():
    tasks = [asyncio.create_task(wait(name)) for name in 'ab']
    await asyncio.sleep(0)
    async with condition:
        condition.notify(1)
        tasks[0].cancel('too late')
    await asyncio.sleep(0.01)
    print([task.done() for task in tasks])
    tasks[1].cancel('over')
    await asyncio.wait(tasks)


asyncio.run(main())
