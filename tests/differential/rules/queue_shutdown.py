"""From 3.13 a queue can be shut down: puts fail, gets fail once it is empty."""
import asyncio


async def get(name, queue):
    try:
        while True:
            print(name, await queue.get())
            queue.task_done()
    except Exception as error:
        print(name, repr(error))


async def put(name, queue):
    try:
        await queue.put(name)
        print(name, 'put')
    except Exception as error:
        print(name, repr(error))


async def main():
    if not hasattr(asyncio.Queue(), 'shutdown'):
        print('it cannot')
        return
    queue = asyncio.Queue(1)
    getters = [asyncio.create_task(get(name, queue)) for name in 'ab']
    await asyncio.sleep(0)
    queue.shutdown()
    print(str(queue))
    await asyncio.wait(getters)
    queue = asyncio.Queue(1)
    putters = [asyncio.create_task(put(name, queue)) for name in 'cde']
    await asyncio.sleep(0)
    queue.shutdown()
    await asyncio.wait(putters)
    await get('late', queue)
    queue = asyncio.Queue()
    for item in range(3):
        queue.put_nowait(item)
    joiner = asyncio.create_task(queue.join())
    await asyncio.sleep(0)
    queue.shutdown(immediate=True)
    print(str(queue))
    await joiner
    for call in queue.get_nowait, lambda: queue.put_nowait(1):
        try:
            call()
        except Exception as error:
            print(repr(error))


asyncio.run(main())
