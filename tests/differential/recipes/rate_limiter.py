import asyncio
import time


class RateLimiter:
    """At most so many entries in any window of time."""

    def __init__(self, limit, window):
        self.limit, self.window = limit, window
        self.entries = []
        self.lock = asyncio.Lock()

    async def __aenter__(self):
        async with self.lock:
            while True:
                now = asyncio.get_running_loop().time()
                self.entries = [at for at in self.entries if at > now - self.window]
                if len(self.entries) < self.limit:
                    self.entries.append(now)
                    return self
                await asyncio.sleep(self.entries[0] + self.window - now)

    async def __aexit__(self, *exc):
        return False


async def request(limiter, number, start):
    async with limiter:
        at = round(time.monotonic() - start, 3)
        print(f'request {number} at {at}')
        await asyncio.sleep(0.05)
    return number


async def main():
    limiter = RateLimiter(3, 1.0)
    start = time.monotonic()
    print(await asyncio.gather(*(request(limiter, number, start) for number in range(8))))


asyncio.run(main())
