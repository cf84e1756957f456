import asyncio
import concurrent.futures as cf
import threading
import time

def tell(*what):
    print(*what)


def job(n):
    time.sleep(n / 10)
    return n * n


def fails(n):
    time.sleep(n / 10)
    raise ValueError(n)


with cf.ThreadPoolExecutor(max_workers=2, thread_name_prefix="worker") as pool:
    futures = [pool.submit(job, n) for n in (4, 1, 2)]
    for future in cf.as_completed(futures):
        tell(future.result())
    tell(list(pool.map(job, [1, 2, 3])))
    future = pool.submit(fails, 1)
    tell(type(future.exception()).__name__, future.done(), future.running())
    try:
        future.result()
    except ValueError as error:
        tell("ValueError", error)
    future.add_done_callback(lambda f: tell("called at once", f.done()))
    pending = [pool.submit(job, 1), pool.submit(job, 3)]
    done, not_done = cf.wait(pending, return_when=cf.FIRST_COMPLETED)
    tell(len(done), len(not_done))
    done, not_done = cf.wait(pending)
    tell(len(done), len(not_done))
    done, not_done = cf.wait([pool.submit(fails, 1), pool.submit(job, 4)], return_when=cf.FIRST_EXCEPTION)
    tell(len(done), len(not_done))
    slow = pool.submit(job, 6)
    try:
        slow.result(timeout=0.1)
    except TimeoutError:
        tell("timeout")
    running = pool.submit(job, 3)
    queued = pool.submit(job, 1)
    tell(queued.cancel(), queued.cancelled(), slow.cancel())
    name = pool.submit(lambda: threading.current_thread().name)
    tell(name.result().startswith("worker"))
try:
    pool.submit(job, 1)
except RuntimeError as error:
    print("RuntimeError:", error)
for wrong in (0, -1):
    try:
        cf.ThreadPoolExecutor(max_workers=wrong)
    except ValueError as error:
        print("ValueError:", error)


async def main():
    loop = asyncio.get_running_loop()
    with cf.ThreadPoolExecutor() as pool:
        results = await asyncio.gather(*[loop.run_in_executor(pool, job, n) for n in range(4)])
        tell(results)
    tell(await asyncio.to_thread(job, 2))
    event = asyncio.Event()

    def wake():
        time.sleep(0.2)
        loop.call_soon_threadsafe(event.set)

    threading.Thread(target=wake).start()
    await event.wait()
    tell("woken")


asyncio.run(main())
