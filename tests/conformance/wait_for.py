"""wait_for: coroutines, tasks, futures; timeouts, cleanup, swallowed cancellation."""
import asyncio

from virtual_loop import print, run


async def slow(d, swallow=False, cleanup=0):
    try:
        await asyncio.sleep(d)
        return 'slept'
    except asyncio.CancelledError as e:
        print('cancelled', e.args)
        if cleanup:
            await asyncio.sleep(cleanup)
        if swallow:
            return 'swallowed'
        raise
    finally:
        print('finally', asyncio.current_task().get_name())


async def main():
    l = asyncio.get_running_loop()
    print(await asyncio.wait_for(slow(1), 2))
    for kw in ({}, {'swallow': True}, {'cleanup': 0.5}):
        try:
            print(await asyncio.wait_for(slow(5, **kw), 1))
        except asyncio.TimeoutError as e:
            print('timeout', repr(e), repr(e.__cause__), round(l.time(), 3))
    try:
        await asyncio.wait_for(slow(1), 0)
    except TimeoutError as e:
        print('timeout0')
    t = asyncio.create_task(slow(1))
    await asyncio.sleep(0)
    try:
        await asyncio.wait_for(t, -1)
    except TimeoutError as e:
        print('timeout-1', t.cancelled())
    print(await asyncio.wait_for(slow(1), None))
    t = asyncio.create_task(slow(5))
    try:
        await asyncio.wait_for(asyncio.shield(t), 1)
    except TimeoutError:
        print('shielded', t.done())
    t.cancel()
    try:
        await t
    except asyncio.CancelledError:
        print('ok')
    w = asyncio.create_task(asyncio.wait_for(slow(5), 3))
    await asyncio.sleep(1)
    w.cancel('msg')
    try:
        await w
    except asyncio.CancelledError as e:
        print(e.args)
    f = l.create_future()
    l.call_later(1, f.set_result, 42)
    print(await asyncio.wait_for(f, 2))
    f = l.create_future()
    l.call_later(1, f.set_exception, KeyError('k'))
    try:
        await asyncio.wait_for(f, 2)
    except KeyError as e:
        print(repr(e))
    f = l.create_future()
    try:
        await asyncio.wait_for(f, 2)
    except TimeoutError as e:
        print(f)
    try:
        await asyncio.wait_for(3, 2)
    except TypeError as e:
        print('TypeError')

run(main())
