"""TaskGroup: results, failures, nesting, outside cancellation, misuse."""
import asyncio

from virtual_loop import print, run


async def w(n, d, fail=None):
    try:
        await asyncio.sleep(d)
        if fail:
            raise fail
        print(n, 'done')
        return n
    except asyncio.CancelledError:
        print(n, 'cancelled')
        raise


async def main():
    async with asyncio.TaskGroup() as tg:
        a = tg.create_task(w('a', 0.1))
        b = tg.create_task(w('b', 0.2), name='bee')
        print(tg)
    print(a.result(), b.result(), b.get_name(), tg)
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(w('a', 0.3))
            tg.create_task(w('b', 0.1, ValueError('b')))
            tg.create_task(w('c', 0.1, KeyError('c')))
            try:
                await asyncio.sleep(5)
            except asyncio.CancelledError:
                print('body cancelled')
                raise
    except* ValueError as eg:
        print('VE', eg.exceptions)
    except* KeyError as eg:
        print('KE', eg.exceptions)
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(w('a', 0.3))
            raise RuntimeError('body')
    except ExceptionGroup as eg:
        print(repr(eg), eg)
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(w('x', 0.3))
            async with asyncio.TaskGroup() as tg2:
                tg2.create_task(w('y', 0.1, OSError('y')))
    except BaseExceptionGroup as eg:
        print(repr(eg))
    try:
        tg.create_task(w('late', 1))
    except RuntimeError as e:
        print(e)
    tg = asyncio.TaskGroup()
    try:
        tg.create_task(w('late', 1))
    except RuntimeError as e:
        print(e)

    async def run():
        async with asyncio.TaskGroup() as tg:
            tg.create_task(w('p', 1))
            tg.create_task(w('q', 2))
            await asyncio.sleep(10)
    t = asyncio.create_task(run())
    await asyncio.sleep(0.5)
    t.cancel()
    try:
        await t
    except asyncio.CancelledError:
        print('run cancelled', t.cancelling())

    async def run2():
        async with asyncio.TaskGroup() as tg:
            tg.create_task(w('p', 1))
            x = tg.create_task(w('q', 2))
            await asyncio.sleep(0.1)
            x.cancel()
        print('run2 ok', x.cancelled())
    await run2()

    async def spawner(tg, n):
        await asyncio.sleep(0.1)
        if n:
            tg.create_task(spawner(tg, n - 1))
        print('spawner', n)
    async with asyncio.TaskGroup() as tg:
        tg.create_task(spawner(tg, 3))
    try:
        async with asyncio.timeout(1):
            async with asyncio.TaskGroup() as tg:
                tg.create_task(w('t', 5))
    except TimeoutError:
        print('timed out')
    try:
        async with asyncio.TaskGroup() as tg:

            async def nested():
                async with asyncio.TaskGroup() as g2:
                    g2.create_task(w('n1', 0.1, ValueError(1)))
                    g2.create_task(w('n2', 0.5))
            tg.create_task(nested())
            tg.create_task(w('o', 0.5))
    except* ValueError as eg:
        print(repr(eg))

run(main())
