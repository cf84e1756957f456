"""gather and shield: all rules, awaitable objects, what is left at the end."""
import asyncio

from virtual_loop import print, run


async def f(n, d, fail=False):
    try:
        await asyncio.sleep(d)
        if fail:
            raise ValueError(n)
        return n
    except asyncio.CancelledError:
        print(n, 'cancelled')
        raise


async def main():
    print(await asyncio.gather(f(1, 0.2), f(2, 0.1)))
    print(await asyncio.gather(f(1, 0.2), f(2, 0.1, True), return_exceptions=True))
    try:
        await asyncio.gather(f(1, 0.2), f(2, 0.1, True), f(3, 0.3, True))
    except ValueError as e:
        print(repr(e))
    await asyncio.sleep(1)
    t1 = asyncio.create_task(f('a', 1))
    t2 = asyncio.create_task(f('b', 2))
    g = asyncio.gather(t1, t2)
    await asyncio.sleep(0.1)
    t1.cancel('m')
    try:
        await g
    except asyncio.CancelledError as e:
        print('gather cancelled', e.args, g.cancelled(), t2.done())
    try:
        await t1
    except asyncio.CancelledError as e:
        print(e.args)
    print(await asyncio.gather(t1, t2, return_exceptions=True))
    g = asyncio.gather(f('c', 1), f('d', 1))
    await asyncio.sleep(0.1)
    print(g.cancel())
    try:
        await g
    except asyncio.CancelledError as e:
        print('c', e.args, g.cancelled())
    c = f('same', 0.1)
    print(await asyncio.gather(c, c))
    print(await asyncio.gather())
    s = asyncio.shield(f('s', 1))
    s.cancel()
    try:
        await s
    except asyncio.CancelledError:
        print('shield cancelled')

    async def sw():
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError:
            print('swallowed')
            return 'v'
    t = asyncio.create_task(sw())
    await asyncio.sleep(0)
    t.cancel()
    print(await t, t.cancelled(), t.cancelling())

    class Aw:

        def __await__(self):
            yield from asyncio.sleep(0.1).__await__()
            return 'aw'
    print(await Aw(), await asyncio.gather(Aw(), Aw()), await asyncio.wait_for(Aw(), 1), await asyncio.ensure_future(Aw()))
    leftover = asyncio.create_task(f('left', 100))

    async def clean():
        try:
            await asyncio.sleep(100)
        finally:
            print('cleaning')
            await asyncio.sleep(1)
            print('cleaned')
    l2 = asyncio.create_task(clean())
    await asyncio.sleep(0.1)
    return 'end'

run(main())
