import asyncio

first = asyncio.new_event_loop()
foreign, second, third = (first.create_future() for _ in range(3))
lock = asyncio.Lock()
event = asyncio.Event()


async def contend():
    async with lock:
        other = asyncio.create_task(lock.acquire())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    await other
    lock.release()


async def wrong():
    try:
        await foreign
    except RuntimeError as error:
        print(str(error).split(' <')[0], str(error)[-34:])
    try:
        await asyncio.wait_for(second, 1)
    except (RuntimeError, ValueError) as error:
        print('attached to a different loop' in str(error))
    try:
        await asyncio.gather(third)
    except (RuntimeError, ValueError) as error:
        print(type(error).__name__, str(error)[-34:])
    await lock.acquire()
    try:
        await asyncio.wait_for(lock.acquire(), 0.1)
    except RuntimeError as error:
        print(str(error)[-37:])
    except TimeoutError:
        print('timed out')
    lock.release()


async def waits():
    try:
        await asyncio.wait_for(event.wait(), 0.05)
    except TimeoutError:
        print('timeout')
    except RuntimeError as error:
        print(str(error)[-37:])


asyncio.run(contend())
asyncio.run(wrong())
asyncio.run(waits())
asyncio.run(waits())
first.close()
print(foreign.get_loop() is first, foreign)
