import asyncio
from collections import defaultdict


class Hub:
    def __init__(self):
        self.subscribers = defaultdict(set)

    def publish(self, topic, message):
        for queue in sorted(self.subscribers[topic], key=lambda queue: queue.name):
            queue.put_nowait((topic, message))


class Subscription:
    def __init__(self, hub, name, *topics):
        self.hub, self.topics = hub, topics
        self.queue = asyncio.Queue()
        self.queue_name = name

    @property
    def name(self):
        return self.queue_name

    def put_nowait(self, item):
        self.queue.put_nowait(item)

    def __enter__(self):
        for topic in self.topics:
            self.hub.subscribers[topic].add(self)
        return self

    def __exit__(self, *exc):
        for topic in self.topics:
            self.hub.subscribers[topic].discard(self)

    def __aiter__(self):
        return self

    async def __anext__(self):
        topic, message = await self.queue.get()
        if message is None:
            raise StopAsyncIteration
        return topic, message


async def listen(hub, name, *topics):
    with Subscription(hub, name, *topics) as subscription:
        async for topic, message in subscription:
            print(f'{name}: {topic} {message}')
    print(f'{name} left')


async def main():
    hub = Hub()
    async with asyncio.TaskGroup() as group:
        group.create_task(listen(hub, 'ann', 'news'))
        group.create_task(listen(hub, 'bob', 'news', 'sport'))
        await asyncio.sleep(0)
        for number in range(3):
            hub.publish('news', number)
            hub.publish('sport', number * 10)
            await asyncio.sleep(0.1)
        hub.publish('news', None)
    print(dict(hub.subscribers))


asyncio.run(main())
