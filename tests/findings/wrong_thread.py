# The loop waits, and is not told of what another thread does to it: it wakes for its own timer, and
# then for nothing any more.
import asyncio
import threading
import time


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()

    def work():
        time.sleep(0.01)
        loop.call_soon(lambda: print("called at", loop.time()))
        loop.create_task(asyncio.sleep(0))
        time.sleep(0.2)
        loop.call_later(0.1, print, "never called")
        future.set_result(5)

    start = loop.time()
    threading.Thread(target=work, name="worker").start()
    await asyncio.sleep(0.1)
    print("woke after", loop.time() - start)
    print(await future)


asyncio.run(main())
