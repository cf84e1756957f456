"""A rate limiter, a cache with expiry, and timing with a context manager."""
import asyncio
import time
from collections import OrderedDict, deque
from contextlib import asynccontextmanager, contextmanager


@contextmanager
def timer(label):
    began = time.perf_counter()
    try:
        yield
    finally:
        print(f"{label}: {time.perf_counter() - began:.1f}s")


class RateLimiter:
    def __init__(self, limit, period):
        self.limit, self.period = limit, period
        self.calls = deque()

    @asynccontextmanager
    async def slot(self):
        loop = asyncio.get_running_loop()
        while True:
            now = loop.time()
            while self.calls and now - self.calls[0] >= self.period:
                self.calls.popleft()
            if len(self.calls) < self.limit:
                self.calls.append(now)
                break
            await asyncio.sleep(self.period - (now - self.calls[0]) + 0.001)
        yield len(self.calls)


class TTLCache:
    def __init__(self, size):
        self.size = size
        self.data = OrderedDict()
        self.hits = self.misses = 0

    async def get(self, key, make):
        if key in self.data:
            self.hits += 1
            self.data.move_to_end(key)
            return self.data[key]
        self.misses += 1
        value = self.data[key] = await make(key)
        if len(self.data) > self.size:
            old, _ = self.data.popitem(last=False)
            print("evicted", old)
        return value


async def square(n):
    await asyncio.sleep(0.001)
    return n * n


async def main():
    limiter = RateLimiter(3, 0.1)

    async def call(i):
        async with limiter.slot() as used:
            return i, used

    with timer("seven calls"):
        print(await asyncio.gather(*(call(i) for i in range(3))))
        print([i for i, _ in [await call(n) for n in range(3, 7)]])
    cache = TTLCache(2)
    print([await cache.get(n, square) for n in (1, 2, 1, 3, 2)], cache.hits, cache.misses, list(cache.data))


asyncio.run(main())
