import asyncio
import random


class WorkerPool:
    def __init__(self, size):
        self.queue, self.size = asyncio.PriorityQueue(), size
        self.workers, self.number = [], 0

    async def __aenter__(self):
        self.workers = [asyncio.create_task(self._work(number)) for number in range(self.size)]
        return self

    async def __aexit__(self, kind, error, traceback):
        if kind is None:
            await self.queue.join()
        for worker in self.workers:
            worker.cancel()
        await asyncio.gather(*self.workers, return_exceptions=True)

    def submit(self, function, *args, priority=0):
        future = asyncio.get_running_loop().create_future()
        self.number += 1
        self.queue.put_nowait((priority, self.number, function, args, future))
        return future

    async def _work(self, worker):
        while True:
            priority, _, function, args, future = await self.queue.get()
            try:
                if future.cancelled():
                    print(worker, 'skips')
                    continue
                future.set_result(await function(*args))
            except Exception as error:
                future.set_exception(error)
            finally:
                self.queue.task_done()


async def job(name, seconds):
    await asyncio.sleep(seconds)
    print('ran', name)
    if name == 'bad':
        raise ArithmeticError(name)
    return len(name)


async def main():
    random.seed(5)
    async with WorkerPool(2) as pool:
        names = ['one', 'three', 'bad', 'seven', 'eleven']
        futures = [pool.submit(job, name, 0.01 * len(name), priority=-len(name)) for name in names]
        futures[0].cancel()
        print(await asyncio.gather(*futures, return_exceptions=True))
    try:
        async with WorkerPool(1) as pool:
            late = pool.submit(job, 'never', 1)
            await asyncio.sleep(0.01)
            raise KeyError('leave')
    except KeyError as error:
        print(error, late.done())


asyncio.run(main())
