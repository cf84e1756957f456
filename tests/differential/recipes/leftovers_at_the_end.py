import asyncio


async def ticker(name):
    number = 0
    try:
        while True:
            await asyncio.sleep(0.03)
            number += 1
    except asyncio.CancelledError:
        print(f'{name} stopped at {number}')
        await asyncio.sleep(0.01)
        print(f'{name} is gone')
        raise


async def fails_when_cancelled():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        raise ValueError('not like this') from None


async def starts_more():
    try:
        await asyncio.sleep(10)
    finally:
        asyncio.create_task(ticker('late'))
        print('one more')


async def items():
    try:
        yield 1
        yield 2
    finally:
        print('closing items')
        await asyncio.sleep(0.01)
        print('closed items')


async def main():
    global tasks, source
    tasks = [asyncio.create_task(make) for make in (
        ticker('a'), ticker('b'), fails_when_cancelled(), starts_more())]
    source = items()
    print(await anext(source))
    await asyncio.sleep(0.1)
    asyncio.get_running_loop().call_soon(print, 'after main')
    print('main ends')
    return 'done'


print(asyncio.run(main()))
print([task.cancelled() for task in tasks])
try:
    asyncio.run(main.__wrapped__() if hasattr(main, '__wrapped__') else asyncio.sleep(0, 'slept'))
finally:
    print('over')
