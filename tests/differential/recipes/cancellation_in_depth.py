import asyncio


async def leaf(log):
    try:
        await asyncio.sleep(1)
    except asyncio.CancelledError as error:
        log.append(('leaf', error.args))
        raise
    finally:
        await asyncio.sleep(0.01)
        log.append('cleaned')


async def middle(log):
    try:
        return await asyncio.shield(asyncio.create_task(leaf(log), name='shielded'))
    except asyncio.CancelledError:
        log.append('middle')
        raise


async def stubborn(log, times):
    for number in range(times + 1):
        try:
            await asyncio.sleep(0.1)
            return f'survived {number}'
        except asyncio.CancelledError as error:
            log.append(('stubborn', number, asyncio.current_task().cancelling(), error.args))
            if number == times:
                raise
            asyncio.current_task().uncancel()


async def main():
    log = []
    task = asyncio.create_task(middle(log))
    await asyncio.sleep(0.01)
    print(task.cancel('first'), task.cancel('second'), task.cancelling())
    try:
        await task
    except asyncio.CancelledError as error:
        print('main saw', error.args, task.cancelled(), log)
    shielded = next(task for task in asyncio.all_tasks() if task.get_name() == 'shielded')
    shielded.cancel('directly')
    print(await asyncio.gather(shielded, return_exceptions=True), log)
    log.clear()
    task = asyncio.create_task(stubborn(log, 2))
    for number in range(2):
        await asyncio.sleep(0.01)
        task.cancel(number)
    print(await task, task.cancelling(), log)
    log.clear()
    task = asyncio.create_task(stubborn(log, 0))
    await asyncio.sleep(0)
    task.cancel()
    task.uncancel()
    try:
        print(await task, log)
    except asyncio.CancelledError:
        print('cancelled all the same', log)
    task = asyncio.current_task()
    task.cancel('myself')
    try:
        await asyncio.sleep(0)
    except asyncio.CancelledError as error:
        print(error, task.uncancel())
    outer = asyncio.gather(*(leaf(log) for _ in range(2)))
    await asyncio.sleep(0.01)
    outer.cancel('all')
    try:
        await outer
    except asyncio.CancelledError as error:
        print(repr(error), outer.cancelled())
    await asyncio.sleep(0.1)
    print(log)
    raise asyncio.CancelledError('by hand')


try:
    asyncio.run(main())
except asyncio.CancelledError as error:
    print('run raised', repr(error))
