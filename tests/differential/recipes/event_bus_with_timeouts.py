import asyncio
from collections import Counter


class Signal:
    """Wakes those who wait for its next firing."""

    def __init__(self):
        self.waiters = []

    async def next(self, timeout=None):
        waiter = asyncio.get_running_loop().create_future()
        self.waiters.append(waiter)
        try:
            return await asyncio.wait_for(waiter, timeout)
        finally:
            if waiter in self.waiters:
                self.waiters.remove(waiter)

    def fire(self, value):
        waiters, self.waiters = self.waiters, []
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(value)
        return len(waiters)


async def listener(signal, name, timeout, counts):
    while True:
        try:
            value = await signal.next(timeout)
        except asyncio.TimeoutError:
            counts[name, 'timeout'] += 1
            return name
        counts[name, value] += 1


async def main():
    signal, counts = Signal(), Counter()
    tasks = [asyncio.create_task(listener(signal, name, timeout, counts))
             for name, timeout in (('quick', 0.05), ('slow', 0.2))]
    for number, delay in enumerate((0.04, 0.04, 0.1, 0.05, 0.25)):
        await asyncio.sleep(delay)
        print(signal.fire(number), end=' ')
    print()
    print(await asyncio.gather(*tasks), sorted(counts.items(), key=str), signal.waiters)


asyncio.run(main())
