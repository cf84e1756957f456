import asyncio
import time


async def blocks():
    time.sleep(0.25)
    await asyncio.sleep(0)
    time.sleep(0.05)


def slow_callback(x):
    time.sleep(0.15)


async def main():
    loop = asyncio.get_running_loop()
    print(loop.get_debug(), loop.slow_callback_duration)
    await blocks()
    task = asyncio.create_task(blocks(), name='blocker')
    await task
    loop.call_soon(slow_callback, 1)
    loop.call_later(0.1, slow_callback, 2)
    await asyncio.sleep(0.6)
    loop.slow_callback_duration = 1
    await blocks()
    try:
        loop.call_soon(blocks)
    except TypeError as error:
        print(error)
    loop.set_debug(False)
    print(loop.get_debug())
    await blocks()


asyncio.run(main(), debug=True)
