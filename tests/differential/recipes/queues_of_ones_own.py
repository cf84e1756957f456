import asyncio
import heapq
import sys


class UniqueQueue(asyncio.Queue):
    """Takes each item once."""

    def _init(self, maxsize):
        super()._init(maxsize)
        self.known = set()

    def _put(self, item):
        if item not in self.known:
            self.known.add(item)
            super()._put(item)

    def _get(self):
        item = super()._get()
        self.known.discard(item)
        return item


class Ranked(asyncio.PriorityQueue):
    def _put(self, item):
        rank, name = item
        super()._put((-rank, name))


class Traced(asyncio.Lock):
    async def acquire(self):
        print('wants')
        result = await super().acquire()
        print('has')
        return result

    def release(self):
        print('gives')
        super().release()


class Gate(asyncio.Event):
    def __init__(self, limit):
        super().__init__()
        self.limit = limit

    def arrive(self):
        self.limit -= 1
        if self.limit == 0:
            self.set()


class Counted(asyncio.Semaphore):
    uses = 0

    async def acquire(self):
        self.uses += 1
        return await super().acquire()


async def use(lock, name):
    async with lock:
        print(name)
        await asyncio.sleep(0.01)


async def main():
    queue = UniqueQueue(maxsize=3)
    for item in 'abcab':
        if queue.full():
            print('full', queue.qsize(), isinstance(queue, asyncio.Queue))
            break
        await queue.put(item)
    print([await queue.get() for _ in range(3)], queue.known, queue.empty())
    ranked = Ranked()
    for pair in ((1, 'low'), (9, 'high'), (5, 'middle')):
        ranked.put_nowait(pair)
    print([await ranked.get() for _ in range(3)])
    lock = Traced()
    await asyncio.gather(use(lock, 'one'), use(lock, 'two'))
    gate = Gate(2)
    waiting = asyncio.create_task(gate.wait())
    gate.arrive()
    await asyncio.sleep(0)
    print(waiting.done())
    gate.arrive()
    print(await waiting, str(gate)[-6:])
    semaphore = Counted(1)
    await asyncio.gather(*(use(semaphore, number) for number in range(3)))
    print(semaphore.uses, semaphore._value)
    condition = asyncio.Condition(Traced())
    async with condition:
        condition.notify_all()
    getter = asyncio.create_task(queue.get())
    await asyncio.sleep(0)
    getter.cancel()
    print(await asyncio.gather(getter, return_exceptions=True), len(queue._getters))
    if sys.version_info >= (3, 13):
        queue.shutdown()
        try:
            await queue.get()
        except asyncio.QueueShutDown as error:
            print(repr(error))


asyncio.run(main())
