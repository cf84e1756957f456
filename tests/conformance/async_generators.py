"""Async generators and context managers: closing, breaking out, cancellation."""
import asyncio

from virtual_loop import print, run


async def gen(n):
    try:
        for i in range(n):
            await asyncio.sleep(0.1)
            yield i
    finally:
        print('gen finally')
        await asyncio.sleep(0.1)
        print('gen closed')


class CM:

    async def __aenter__(self):
        print('enter')
        await asyncio.sleep(0)
        return 5

    async def __aexit__(self, *a):
        print('exit', a[0] and a[0].__name__)
        await asyncio.sleep(0)
        return True


async def main():
    async for x in gen(3):
        print(x)
    async for x in gen(5):
        print(x)
        if x == 1:
            break
    await asyncio.sleep(1)
    print([x async for x in gen(2)])
    async with CM() as v:
        print(v)
        raise ValueError
    g = gen(5)
    print(await anext(g))
    await g.aclose()

    async def consumer():
        async for x in gen(10):
            print('c', x)
    t = asyncio.create_task(consumer())
    await asyncio.sleep(0.25)
    t.cancel()
    try:
        await t
    except asyncio.CancelledError:
        print('cancelled')
    return 'ok'

run(main())
