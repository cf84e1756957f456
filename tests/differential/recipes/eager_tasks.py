import asyncio
import sys


async def cached(key, cache):
    if key in cache:
        return cache[key]
    print('miss', key)
    await asyncio.sleep(0.01)
    cache[key] = key * 2
    return cache[key]


async def fails():
    raise ValueError('at once')


async def main():
    cache = {'a': 'hit'}
    loop = asyncio.get_running_loop()
    loop.set_task_factory(getattr(asyncio, 'eager_task_factory', None))
    tasks = [asyncio.create_task(cached(key, cache), name=key) for key in 'aba']
    print([task.done() for task in tasks])
    print(await asyncio.gather(*tasks))
    failed = asyncio.create_task(fails())
    print(failed.done())
    try:
        await failed
    except ValueError as error:
        print(error)
    async with asyncio.TaskGroup() as group:
        one = group.create_task(cached('a', cache))
        two = group.create_task(cached('c', cache))
        print(one.done(), two.done())
    loop.set_task_factory(None)
    print(asyncio.create_task(cached('a', cache)).done(), loop.get_task_factory())
    if sys.version_info >= (3, 14):
        print(asyncio.create_task(cached('b', cache), eager_start=True).done())


asyncio.run(main())
