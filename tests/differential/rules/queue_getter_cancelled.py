"""No item is lost when a getter is cancelled, woken or not."""
import asyncio

queue = asyncio.Queue()


async def get(name):
    try:
        print(name, await queue.get())
    except asyncio.CancelledError as error:
        print(name, error.args, queue)
        raise


async def main():
    tasks = [asyncio.create_task(get(name)) for name in 'abc']
    await asyncio.sleep(0)
    tasks[0].cancel('waiting')
    queue.put_nowait('x')
    tasks[1].cancel('woken')
    await asyncio.sleep(0)
    print(queue)
    await asyncio.wait(tasks)


asyncio.run(main())
