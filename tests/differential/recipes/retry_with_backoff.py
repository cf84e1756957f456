import asyncio
import functools


class Unavailable(Exception):
    pass


def retry(attempts, delay, factor=2):
    def decorate(function):
        @functools.wraps(function)
        async def wrapper(*args, **kwargs):
            wait = delay
            for attempt in range(1, attempts + 1):
                try:
                    return await function(*args, **kwargs)
                except Unavailable as error:
                    if attempt == attempts:
                        error.add_note(f'after {attempts} attempts')
                        raise
                    print(f'{function.__name__}: {error}, again in {wait:g} s')
                    await asyncio.sleep(wait)
                    wait *= factor
        return wrapper
    return decorate


calls = {}


@retry(4, 0.1)
async def fetch(name, failures):
    calls[name] = calls.get(name, 0) + 1
    await asyncio.sleep(0.01)
    if calls[name] <= failures:
        raise Unavailable(f'{name} #{calls[name]}')
    return f'{name} ok'


async def main():
    results = await asyncio.gather(fetch('a', 0), fetch('b', 2), fetch('c', 9),
                                   return_exceptions=True)
    for result in results:
        print(repr(result), getattr(result, '__notes__', []))
    print(fetch.__name__, calls)
    try:
        async with asyncio.timeout(0.25):
            await fetch('d', 9)
    except TimeoutError:
        print('gave up', calls['d'])


asyncio.run(main())
