"""wait_for asks first, and again after each notification; its value is the predicate's."""
import asyncio

condition = asyncio.Condition()
shelf = []


def ready():
    print('asked', shelf)
    return shelf and len(shelf)


async def wait():
    async with condition:
        print('got', await condition.wait_for(ready))


async def main():
    task = asyncio.create_task(wait())
    await asyncio.sleep(0)
    async with condition:
        condition.notify()
    await asyncio.sleep(0)
    async with condition:
        shelf.append(1)
        condition.notify()
    await task
    await wait()


asyncio.run(main())
