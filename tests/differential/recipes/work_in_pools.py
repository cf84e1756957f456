import asyncio
import concurrent.futures
import functools
import threading
import time


def load(name, seconds):
    time.sleep(seconds)
    print(f'loaded {name}')
    return name.upper()


def fail():
    time.sleep(0.01)
    raise OSError('disk')


async def main():
    loop = asyncio.get_running_loop()
    print(await asyncio.to_thread(load, 'a', 0.1))
    with concurrent.futures.ThreadPoolExecutor(max_workers=2, thread_name_prefix='io') as pool:
        futures = [loop.run_in_executor(pool, load, name, 0.05) for name in 'bcd']
        print(await asyncio.gather(*futures))
        named = loop.run_in_executor(pool, lambda: threading.current_thread().name)
        print((await named).startswith('io'))
        try:
            await loop.run_in_executor(pool, fail)
        except OSError as error:
            print('failed', error)
        keyword = functools.partial(load, seconds=0.02, name='e')
        print(await loop.run_in_executor(pool, keyword))
        waiting = [loop.run_in_executor(pool, load, str(number), 0.1) for number in range(3)]
        await asyncio.sleep(0.01)
        print([future.cancel() for future in waiting])
        print(await asyncio.gather(*waiting, return_exceptions=True) != [])
    try:
        await asyncio.wait_for(asyncio.to_thread(load, 'slow', 0.5), 0.1)
    except TimeoutError:
        print('too slow')
    print(await asyncio.to_thread(lambda: 'at once'))


asyncio.run(main())
