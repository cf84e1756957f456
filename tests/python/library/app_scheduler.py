"""A scheduler with a heap, and a state machine."""
import asyncio
import heapq
import itertools
from enum import Enum
from functools import partial, total_ordering


@total_ordering
class Entry:
    ids = itertools.count()

    def __init__(self, due, action):
        self.due, self.action, self.id = due, action, next(self.ids)

    def __eq__(self, other):
        return (self.due, self.id) == (other.due, other.id)

    def __lt__(self, other):
        return (self.due, self.id) < (other.due, other.id)


class Light(Enum):
    RED = "stop"
    GREEN = "go"
    YELLOW = "careful"

    @property
    def next(self):
        order = list(Light)
        return order[(order.index(self) + 1) % len(order)]


class Scheduler:
    def __init__(self):
        self.heap = []
        self.log = []

    def at(self, due, action, *args):
        heapq.heappush(self.heap, Entry(due, partial(action, *args)))

    async def run(self):
        now = 0
        while self.heap:
            entry = heapq.heappop(self.heap)
            await asyncio.sleep((entry.due - now) / 1000)
            now = entry.due
            result = entry.action()
            if asyncio.iscoroutine(result):
                result = await result
            self.log.append((now, result))


async def slow(x):
    await asyncio.sleep(0)
    return x * 2


async def main():
    s = Scheduler()
    s.at(5, str.upper, "five")
    s.at(1, slow, 21)
    s.at(3, lambda: "three")
    s.at(3, lambda: "three again")
    await s.run()
    print(s.log)
    light = Light.RED
    seen = []
    for _ in range(5):
        seen.append(f"{light.name}:{light.value}")
        light = light.next
    print(seen, Light("go") is Light.GREEN, max(Entry(1, None), Entry(2, None)).due)


asyncio.run(main())
