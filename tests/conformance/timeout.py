"""timeout and timeout_at: nesting, rescheduling, outside cancellation, misuse."""
import asyncio

from virtual_loop import print, run


async def main():
    l = asyncio.get_running_loop()
    t0 = l.time()
    T = lambda: f'{l.time() - t0:.3f}'
    try:
        async with asyncio.timeout(1) as cm:
            print(cm.expired())
            await asyncio.sleep(5)
    except TimeoutError as e:
        print(T(), 'timeout', cm.expired(), repr(e.__cause__))
    async with asyncio.timeout(1) as cm:
        await asyncio.sleep(0.5)
    print(T(), cm.expired(), cm)
    try:
        async with asyncio.timeout(None) as cm:
            cm.reschedule(l.time() + 0.7)
            print(cm.when() is not None)
            await asyncio.sleep(3)
    except TimeoutError:
        print(T(), 're')
    try:
        async with asyncio.timeout(5):
            try:
                async with asyncio.timeout(0.3):
                    await asyncio.sleep(2)
            except TimeoutError:
                print(T(), 'inner')
                raise ValueError('from inner')
    except ValueError as e:
        print(repr(e), repr(e.__context__), repr(e.__context__.__cause__))
    try:
        async with asyncio.timeout(1):
            async with asyncio.timeout(1):
                await asyncio.sleep(2)
    except TimeoutError:
        print(T(), 'outer or inner')
    try:
        async with asyncio.timeout(0.2):
            try:
                await asyncio.sleep(1)
            except asyncio.CancelledError:
                print('swallow')
                await asyncio.sleep(0.5)
        print(T(), 'went on', asyncio.current_task().cancelling())
    except TimeoutError:
        print('no')
    try:
        async with asyncio.timeout(0.2):
            try:
                await asyncio.sleep(1)
            finally:
                1 / 0
    except ZeroDivisionError as e:
        print(repr(e), repr(e.__context__), repr(e.__context__.__context__))

    async def inner():
        try:
            async with asyncio.timeout(1):
                await asyncio.sleep(3)
        except TimeoutError:
            print('T')
        except asyncio.CancelledError:
            print('C', asyncio.current_task().cancelling())
    t = asyncio.create_task(inner())
    await asyncio.sleep(0.5)
    t.cancel()
    await t
    async with asyncio.timeout_at(l.time() + 1):
        print(T(), 'at')
    try:
        async with asyncio.timeout(0):
            print('body')
            await asyncio.sleep(0)
            print('not here?')
            await asyncio.sleep(0)
    except TimeoutError:
        print('t0')
    cm = asyncio.timeout(1)
    try:
        cm.reschedule(1)
    except RuntimeError as e:
        print(e)
    async with cm:
        pass
    try:
        cm.reschedule(1)
    except RuntimeError as e:
        print(e)
    try:
        async with cm:
            pass
    except RuntimeError as e:
        print(e)
    cms = [asyncio.timeout(3) for _ in range(3)]
    print(T())

run(main())
