import asyncio
import threading


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()

    def work():
        try:
            future.set_result(5)
        except RuntimeError as error:
            print("thread:", error)
        print("done:", future.done())
        loop.call_soon_threadsafe(other.set)

    other = asyncio.Event()
    waiter = asyncio.create_task(asyncio.wait_for(future, 1))
    await asyncio.sleep(0)
    t = threading.Thread(target=work, name="worker")
    t.start()
    await other.wait()
    try:
        print("waiter:", await waiter)
    except TimeoutError:
        print("waiter: never told")


asyncio.run(main(), debug=True)
