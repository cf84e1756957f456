"""join() waits until each item that was put is done with; more than that is a mistake."""
import asyncio

queue = asyncio.Queue()


async def join(name):
    await queue.join()
    print(name, 'joined')


async def main():
    await join('at once')
    queue.put_nowait(1)
    queue.put_nowait(2)
    tasks = [asyncio.create_task(join(name)) for name in 'ab']
    await asyncio.sleep(0)
    queue.get_nowait()
    queue.task_done()
    await asyncio.sleep(0)
    print(queue)
    queue.get_nowait()
    queue.task_done()
    queue.put_nowait(3)
    await asyncio.gather(*tasks)
    queue.task_done()
    try:
        queue.task_done()
    except ValueError as error:
        print(error)


asyncio.run(main())
