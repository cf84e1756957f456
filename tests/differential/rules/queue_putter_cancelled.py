"""Room that a cancelled putter was woken for goes to the next."""
import asyncio

queue = asyncio.Queue(maxsize=1)


async def put(item):
    try:
        await queue.put(item)
        print('put', item)
    except asyncio.CancelledError as error:
        print(item, error.args, queue)
        raise


async def main():
    await queue.put(0)
    tasks = [asyncio.create_task(put(item)) for item in (1, 2, 3)]
    await asyncio.sleep(0)
    print(queue, queue.full(), queue.maxsize)
    print(queue.get_nowait())
    tasks[0].cancel('woken')
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(await queue.get(), await queue.get())
    await asyncio.wait(tasks)


asyncio.run(main())
