import asyncio
from contextlib import asynccontextmanager


class ReadWriteLock:
    def __init__(self):
        self.condition = asyncio.Condition()
        self.readers, self.writing, self.waiting_writers = 0, False, 0

    @asynccontextmanager
    async def read(self):
        async with self.condition:
            await self.condition.wait_for(lambda: not self.writing and not self.waiting_writers)
            self.readers += 1
        try:
            yield
        finally:
            async with self.condition:
                self.readers -= 1
                if not self.readers:
                    self.condition.notify_all()

    @asynccontextmanager
    async def write(self):
        async with self.condition:
            self.waiting_writers += 1
            try:
                await self.condition.wait_for(lambda: not self.writing and not self.readers)
            finally:
                self.waiting_writers -= 1
            self.writing = True
        try:
            yield
        finally:
            async with self.condition:
                self.writing = False
                self.condition.notify_all()


async def reader(lock, name, delay, data):
    await asyncio.sleep(delay)
    async with lock.read():
        print(f'{name} reads {data}')
        await asyncio.sleep(0.03)
        print(f'{name} has read')


async def writer(lock, name, delay, data):
    await asyncio.sleep(delay)
    async with lock.write():
        print(f'{name} writes')
        await asyncio.sleep(0.02)
        data.append(name)


async def main():
    lock, data = ReadWriteLock(), []
    jobs = [reader(lock, f'r{number}', number * 0.01, data) for number in range(5)]
    jobs += [writer(lock, f'w{number}', 0.005 + number * 0.02, data) for number in range(2)]
    await asyncio.gather(*jobs)
    task = asyncio.create_task(writer(lock, 'late', 0, data))
    async with lock.read():
        await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.sleep(0)
    await asyncio.gather(task, return_exceptions=True)
    print(lock.waiting_writers, lock.writing, data, task.cancelled())


asyncio.run(main())
