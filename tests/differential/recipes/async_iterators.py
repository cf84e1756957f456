import asyncio


class Ticker:
    def __init__(self, delay, to):
        self.delay, self.number, self.to = delay, 0, to

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.number >= self.to:
            raise StopAsyncIteration
        self.number += 1
        await asyncio.sleep(self.delay)
        return self.number


class Merged:
    """Items of several sources, as they come."""

    def __init__(self, **sources):
        self.sources = sources

    async def __aiter__(self):
        queue = asyncio.Queue()

        async def pump(name, source):
            async for item in source:
                await queue.put((name, item))
            await queue.put((name, None))

        async with asyncio.TaskGroup() as group:
            for name, source in self.sources.items():
                group.create_task(pump(name, source))
            open_sources = len(self.sources)
            while open_sources:
                name, item = await queue.get()
                if item is None:
                    open_sources -= 1
                else:
                    yield name, item


async def main():
    async for number in Ticker(0.1, 3):
        print(number)
    else:
        print('no more')
    print([pair async for pair in Merged(fast=Ticker(0.1, 4), slow=Ticker(0.25, 2))])
    print({number: number ** 2 async for number in Ticker(0, 3)})
    iterator = aiter(Ticker(0.01, 1))
    print(await anext(iterator), await anext(iterator, 'default'))
    try:
        await anext(iterator)
    except StopAsyncIteration as error:
        print(repr(error))
    try:
        async for _ in 5:
            pass
    except TypeError as error:
        print(error)


asyncio.run(main())
