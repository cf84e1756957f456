"""A running task may take the item meant for a woken one, which gets in line again at the end."""
import asyncio

queue = asyncio.Queue()


async def get(name):
    print(name, await queue.get())


async def main():
    tasks = [asyncio.create_task(get(name)) for name in 'ab']
    await asyncio.sleep(0)
    queue.put_nowait(1)
    print('main takes', queue.get_nowait(), repr(queue).partition('maxsize')[2])
    await asyncio.sleep(0)
    print(str(queue))
    for item in 2, 3:
        await queue.put(item)
    print(queue)
    await asyncio.gather(*tasks)


asyncio.run(main())
