import asyncio


class Buffer:
    def __init__(self, size):
        self.size, self.items = size, []
        self.lock = asyncio.Lock()
        self.not_full = asyncio.Condition(self.lock)
        self.not_empty = asyncio.Condition(self.lock)

    async def put(self, item):
        async with self.not_full:
            await self.not_full.wait_for(lambda: len(self.items) < self.size)
            self.items.append(item)
            self.not_empty.notify()

    async def get(self):
        async with self.not_empty:
            while not self.items:
                await self.not_empty.wait()
            item = self.items.pop(0)
            self.not_full.notify()
            return item


async def writer(buffer, name):
    for number in range(3):
        await buffer.put(f'{name}{number}')
        print(f'put {name}{number}')


async def reader(buffer, count, result):
    for _ in range(count):
        item = await buffer.get()
        result.append(item)
        print('got', item)
        await asyncio.sleep(0.01)


async def main():
    buffer, result = Buffer(2), []
    async with asyncio.TaskGroup() as group:
        group.create_task(reader(buffer, 4, result))
        group.create_task(reader(buffer, 5, result))
        for name in 'xyz':
            group.create_task(writer(buffer, name))
    print(result, buffer.items, buffer.lock.locked())
    waiting = asyncio.create_task(buffer.get())
    await asyncio.sleep(0)
    waiting.cancel('enough')
    try:
        await waiting
    except asyncio.CancelledError as error:
        print('cancelled', buffer.lock.locked())
    try:
        buffer.not_empty.notify()
    except RuntimeError as error:
        print(error)


asyncio.run(main())
