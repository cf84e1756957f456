import asyncio
import re


def plain(what):
    return re.sub(r'0x[0-9a-f]+', '0x…', re.sub(r'/[^ ]*/', '', repr(what)))


async def job(delay=0, error=None):
    await asyncio.sleep(delay)
    if error:
        raise error
    return 'result'


def called(*args):
    pass


async def main():
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(job(0.01), name='worker')
    print(plain(task))
    await asyncio.sleep(0)
    print(plain(task))
    task.add_done_callback(called)
    print(plain(task))
    task.add_done_callback(called)
    task.add_done_callback(called)
    print(plain(task))
    await task
    print(plain(task))
    failed = asyncio.create_task(job(0, ValueError('oops')))
    await asyncio.wait([failed])
    print(plain(failed))
    cancelled = asyncio.create_task(job(1))
    await asyncio.sleep(0)
    cancelled.cancel()
    print(plain(cancelled))
    await asyncio.wait([cancelled])
    print(plain(cancelled))
    future = loop.create_future()
    print(plain(future), plain(asyncio.gather(future)))
    waiting = asyncio.create_task(asyncio.wait_for(future, 1))
    await asyncio.sleep(0)
    print(plain(future).partition(' cb=')[0])
    future.set_result('x' * 100)
    print(plain(future))
    await waiting
    lock, event, queue = asyncio.Lock(), asyncio.Event(), asyncio.Queue(2)
    semaphore, condition = asyncio.Semaphore(2), asyncio.Condition()
    barrier = asyncio.Barrier(2)
    waiters = [asyncio.create_task(what) for what in (
        event.wait(), queue.get(), barrier.wait(), lock.acquire(), lock.acquire(),
        semaphore.acquire(), semaphore.acquire(), semaphore.acquire())]
    await asyncio.sleep(0)
    for what in (lock, event, queue, semaphore, condition, barrier):
        print(plain(what))
    print(queue)
    for waiter in waiters:
        waiter.cancel()
    await asyncio.wait(waiters)
    handle, timer = loop.call_soon(called, 1, 'two'), loop.call_later(5, called)
    print(plain(handle), re.sub(r'when=[0-9.]+', 'when=…', plain(timer)))
    handle.cancel()
    timer.cancel()
    print(plain(handle), re.sub(r'when=[0-9.]+', 'when=…', plain(timer)))
    print(loop, repr(asyncio.timeout(None)))
    async with asyncio.TaskGroup() as group:
        group.create_task(job())
        print(group)
    print(group)
    coroutine = job()
    print(plain(coroutine), plain(job))
    coroutine.close()


asyncio.run(main())
