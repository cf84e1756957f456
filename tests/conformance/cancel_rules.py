"""Cancellation: down the chain, before the first step, swallowed, of two awaiters, messages."""
import asyncio

from virtual_loop import print, run

log = []


async def leaf(n):
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError as e:
        print('leaf', n, e.args)
        raise


async def mid(n):
    try:
        await leaf(n)
    finally:
        print('mid', n)


async def top(n):
    t = asyncio.create_task(mid(n))
    try:
        await t
    except asyncio.CancelledError as e:
        print('top', n, e.args, t.cancelled())
        raise


async def main():
    t = asyncio.create_task(top(1))
    await asyncio.sleep(0.1)
    t.cancel('bye')
    try:
        await t
    except asyncio.CancelledError as e:
        print('main', e.args)
    t = asyncio.create_task(top(2))
    t.cancel()
    try:
        await t
    except asyncio.CancelledError:
        print('never started')

    async def stubborn():
        for i in range(3):
            try:
                await asyncio.sleep(1)
            except asyncio.CancelledError:
                print('no', i)
        return 'stub'
    t = asyncio.create_task(stubborn())
    for i in range(2):
        await asyncio.sleep(0.1)
        print(t.cancel(), t.cancelling())
    print(await t)

    async def selfc():
        asyncio.current_task().cancel()
        print('after cancel')
        await asyncio.sleep(0)
        print('unreached')
    t = asyncio.create_task(selfc())
    try:
        await t
    except asyncio.CancelledError:
        print('self')

    async def un():
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError:
            print(asyncio.current_task().uncancel())
        await asyncio.sleep(0.1)
        return 'un'
    t = asyncio.create_task(un())
    await asyncio.sleep(0)
    t.cancel()
    print(await t, t.cancelling())

    async def two():
        fut = asyncio.get_running_loop().create_future()

        async def w(n):
            try:
                await fut
            except asyncio.CancelledError:
                print('w', n, asyncio.current_task().cancelling())
                raise
        a = asyncio.create_task(w('a'))
        b = asyncio.create_task(w('b'))
        await asyncio.sleep(0)
        a.cancel()
        print(await asyncio.gather(a, b, return_exceptions=True), fut.cancelled())
    await two()

    async def raiser():
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError as e:
            raise ValueError('instead') from e
    t = asyncio.create_task(raiser())
    await asyncio.sleep(0)
    t.cancel()
    try:
        await t
    except ValueError as e:
        print(repr(e), repr(e.__cause__))
    print(t.cancelled(), repr(t.exception()))

    async def by_hand():
        raise asyncio.CancelledError('hand')
    t = asyncio.create_task(by_hand())
    try:
        await t
    except asyncio.CancelledError as e:
        print(e.args, t.cancelled(), t.cancelling())

    def done(t):
        print('done', t.get_name(), t.cancelled())
    ts = [asyncio.create_task(leaf(i), name=f'L{i}') for i in range(3)]
    for t in ts:
        t.add_done_callback(done)
    await asyncio.sleep(0.1)
    for t in reversed(ts):
        t.cancel()
    r = await asyncio.gather(*ts, return_exceptions=True)
    print(r)
    for t in asyncio.all_tasks():
        print(t.get_name())

run(main())
