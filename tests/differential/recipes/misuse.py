import asyncio


async def job():
    return 5


async def attempt(label, function):
    try:
        result = function()
        if asyncio.iscoroutine(result) or asyncio.isfuture(result):
            result = await result
        print(label, 'gave', result)
    except BaseException as error:
        print(label, type(error).__name__, error)


async def main():
    loop = asyncio.get_running_loop()
    coroutine = job()
    await coroutine
    await attempt('twice', lambda: coroutine)
    done = asyncio.create_task(job())
    await attempt('task', lambda: done)
    await attempt('task again', lambda: done)
    await attempt('set a task', lambda: done.set_result(1))
    future = loop.create_future()
    await attempt('early result', future.result)
    await attempt('early exception', future.exception)
    future.set_result(1)
    await attempt('second result', lambda: future.set_result(2))
    await attempt('exception late', lambda: future.set_exception(ValueError()))
    await attempt('cancel late', future.cancel)
    bad = loop.create_future()
    await attempt('no exception', lambda: bad.set_exception(5))
    await attempt('class', lambda: bad.set_exception(OSError))
    await attempt('its result', bad.result)
    await attempt('StopIteration', lambda: loop.create_future().set_exception(StopIteration()))
    await attempt('gather', lambda: asyncio.gather(5))
    await attempt('wait of nothing', lambda: asyncio.wait([]))
    await attempt('wait of one', lambda: asyncio.wait(done))
    coroutine = job()
    await attempt('wait of coroutines', lambda: asyncio.wait([coroutine]))
    coroutine.close()
    await attempt('return_when', lambda: asyncio.wait([done], return_when='NEVER'))
    await attempt('create_task', lambda: asyncio.create_task(5))
    await attempt('ensure_future', lambda: asyncio.ensure_future(5))
    await attempt('shield', lambda: asyncio.shield(5))
    await attempt('wait_for', lambda: asyncio.wait_for(5, 1))
    await attempt('sleep', lambda: asyncio.sleep('1'))
    await attempt('semaphore', lambda: asyncio.Semaphore(-1))
    await attempt('barrier', lambda: asyncio.Barrier(0))
    await attempt('release', lambda: asyncio.Lock().release())
    await attempt('bounded', lambda: asyncio.BoundedSemaphore().release())
    await attempt('notify', lambda: asyncio.Condition().notify())
    await attempt('condition', lambda: asyncio.Condition().wait())
    queue = asyncio.Queue(1)
    await attempt('empty', queue.get_nowait)
    queue.put_nowait(1)
    await attempt('full', lambda: queue.put_nowait(2))
    queue.task_done()
    await attempt('done', queue.task_done)
    await attempt('run', lambda: asyncio.run(5))
    await attempt('timeout', lambda: asyncio.timeout('1'))
    limit = asyncio.timeout(1)
    await attempt('reschedule', lambda: limit.reschedule(1))
    async with limit:
        pass
    await attempt('again', limit.__aenter__)
    group = asyncio.TaskGroup()
    coroutine = job()
    await attempt('group', lambda: group.create_task(coroutine))
    coroutine.close()
    await attempt('handler', lambda: loop.set_exception_handler(5))
    await attempt('factory', lambda: loop.set_task_factory(5))
    await attempt('as_completed', lambda: list(asyncio.as_completed(5)))


asyncio.run(main())
try:
    asyncio.create_task(job())
except RuntimeError as error:
    print(error)
try:
    asyncio.get_running_loop()
except RuntimeError as error:
    print(error)
