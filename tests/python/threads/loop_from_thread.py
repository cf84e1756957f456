import asyncio, threading


async def double(n):
    await asyncio.sleep(0.01)
    return n * 2


async def fails():
    raise ValueError("in the loop")


def work(loop):
    print(asyncio.run_coroutine_threadsafe(double(4), loop).result())
    try:
        asyncio.run_coroutine_threadsafe(fails(), loop).result()
    except ValueError as error:
        print("thread got", error)
    try:
        asyncio.get_running_loop()
    except RuntimeError as error:
        print(error)
    loop.call_soon_threadsafe(done.set)
    future = asyncio.run_coroutine_threadsafe(asyncio.sleep(10), loop)
    try:
        future.result(timeout=0.01)
    except TimeoutError:
        print("timeout", future.cancel())


async def main():
    global done
    done = asyncio.Event()
    t = threading.Thread(target=work, args=(asyncio.get_running_loop(),))
    t.start()
    await done.wait()
    print("told")
    while t.is_alive():
        await asyncio.sleep(0.001)
    t.join()


asyncio.run(main())
