import asyncio, threading, time
from concurrent.futures import ThreadPoolExecutor, Executor, Future


class Inline(Executor):
    def submit(self, fn, /, *args, **kwargs):
        print("inline submit")
        f = Future()
        try:
            f.set_result(fn(*args, **kwargs))
        except BaseException as error:
            f.set_exception(error)
        return f


async def main():
    loop = asyncio.get_running_loop()
    print(await loop.run_in_executor(Inline(), lambda: 5))
    try:
        await loop.run_in_executor(Inline(), lambda: 1 // 0)
    except ZeroDivisionError as error:
        print("inline", error)
    try:
        loop.set_default_executor(Inline())
    except TypeError as error:
        print(error)
    loop.set_default_executor(ThreadPoolExecutor(1, thread_name_prefix="mine"))
    print(await loop.run_in_executor(None, lambda: threading.current_thread().name))
    print(await asyncio.to_thread(lambda: threading.current_thread().name))
    with ThreadPoolExecutor(2) as pool:
        print(await asyncio.gather(*(loop.run_in_executor(pool, pow, n, 2) for n in range(4))))
    try:
        await loop.run_in_executor(pool, print)
    except RuntimeError as error:
        print(error)
    f = ThreadPoolExecutor(1).submit(time.sleep, 0.01)
    print(await asyncio.wrap_future(f))
    try:
        await loop.run_in_executor(None, asyncio.sleep, 1)
    except Exception as error:
        print(type(error).__name__, error)


asyncio.run(main())
