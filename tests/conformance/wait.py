"""wait and as_completed: all conditions, timeouts, cancellation."""
import asyncio

from virtual_loop import print, run


async def job(n, d, fail=False):
    try:
        await asyncio.sleep(d)
        if fail:
            raise ValueError(n)
        print('job', n, 'done')
        return n
    except asyncio.CancelledError:
        print('job', n, 'cancelled')
        raise


def names(s):
    return sorted((t.get_name() for t in s))


async def main():
    ts = [asyncio.create_task(job(i, i * 0.1, i == 2), name=f'j{i}') for i in range(1, 5)]
    d, p = await asyncio.wait(ts, return_when=asyncio.FIRST_COMPLETED)
    print(names(d), names(p))
    d, p = await asyncio.wait(ts, return_when=asyncio.FIRST_EXCEPTION)
    print(names(d), names(p))
    d, p = await asyncio.wait(p, timeout=0.05)
    print(names(d), names(p))
    d, p = await asyncio.wait(p, timeout=0)
    print(names(d), names(p))
    d, p = await asyncio.wait(p)
    print(names(d), names(p))
    for t in ts:
        print(t.get_name(), t.exception(), t.cancelled())
    try:
        await asyncio.wait([])
    except ValueError as e:
        print(repr(e))
    c = job(9, 1)
    try:
        await asyncio.wait([c])
    except TypeError as e:
        print(repr(e))
    c.close()
    try:
        await asyncio.wait(ts, return_when='x')
    except ValueError as e:
        print(repr(e))
    t = asyncio.create_task(job(7, 1))
    w = asyncio.create_task(asyncio.wait([t]))
    await asyncio.sleep(0.1)
    w.cancel()
    try:
        await w
    except asyncio.CancelledError:
        print('wait cancelled', t.done())
    print(await t)
    try:
        async for d in asyncio.as_completed([asyncio.create_task(job(i, i * 0.1), name=f'c{i}') for i in (3, 1, 2)]):
            print(d.get_name(), d.result())
    except TypeError as e:
        print(e)
    for c in asyncio.as_completed([job(i, i * 0.1) for i in (3, 1, 2)]):
        print('got', await c)
    try:
        for c in asyncio.as_completed([job(i, i * 0.1) for i in (3, 1, 2)], timeout=0.25):
            print('got', await c)
    except TimeoutError as e:
        print(repr(e))
    await asyncio.sleep(1)

run(main())
