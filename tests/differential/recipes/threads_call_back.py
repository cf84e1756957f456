import asyncio
import threading
import time


async def add(a, b):
    await asyncio.sleep(0.05)
    return a + b


async def fails():
    await asyncio.sleep(0.01)
    raise LookupError('inside')


def thread(loop, results):
    future = asyncio.run_coroutine_threadsafe(add(1, 2), loop)
    results.append(future.result())
    failing = asyncio.run_coroutine_threadsafe(fails(), loop)
    try:
        failing.result(timeout=1)
    except LookupError as error:
        results.append(str(error))
    slow = asyncio.run_coroutine_threadsafe(asyncio.sleep(10), loop)
    try:
        slow.result(timeout=0.1)
    except TimeoutError:
        results.append(slow.cancel())
    loop.call_soon_threadsafe(results.append, 'from the thread')
    time.sleep(0.02)
    loop.call_soon_threadsafe(loop.set_debug, False)


def tick(event, times):
    for _ in range(times):
        time.sleep(0.03)
        print('tick')
    event.set()


async def main():
    loop = asyncio.get_running_loop()
    results = []
    worker = threading.Thread(target=thread, args=(loop, results))
    worker.start()
    event = threading.Event()
    threading.Thread(target=tick, args=(event, 3), daemon=True).start()
    await asyncio.to_thread(event.wait)
    print('ticked')
    while worker.is_alive():
        await asyncio.sleep(0.05)
    print(results)
    pending = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    print(len(pending))


asyncio.run(main())
