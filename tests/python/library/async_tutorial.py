import asyncio, random, time
from collections import deque
class RateLimiter:
    def __init__(self, rate, per):
        self.rate, self.per, self.calls = rate, per, deque()
    async def __aenter__(self):
        loop = asyncio.get_running_loop()
        while len(self.calls) >= self.rate and loop.time() - self.calls[0] < self.per:
            await asyncio.sleep(self.per - (loop.time() - self.calls[0]))
        while self.calls and loop.time() - self.calls[0] >= self.per: self.calls.popleft()
        self.calls.append(loop.time())
    async def __aexit__(self, *exc): return False
class Cache:
    def __init__(self): self._data, self._locks = {}, {}
    async def get(self, key, loader):
        lock = self._locks.setdefault(key, asyncio.Lock())
        async with lock:
            if key not in self._data: self._data[key] = await loader(key)
            return self._data[key]
async def loader(key):
    print("loading", key); await asyncio.sleep(0.1); return key.upper()
class Retry:
    def __init__(self, times, exc): self.times, self.exc = times, exc
    def __call__(self, fn):
        async def wrapper(*a, **k):
            for n in range(1, self.times + 1):
                try: return await fn(*a, **k)
                except self.exc as e:
                    print(f"attempt {n} failed: {e!r}")
                    await asyncio.sleep(0.01 * 2 ** n)
            raise RuntimeError("all attempts failed")
        return wrapper
tries = 0
@Retry(3, (ConnectionError,))
async def flaky():
    global tries
    tries += 1
    if tries < 3: raise ConnectionError(tries)
    return "connected"
async def producer(q, n):
    for i in range(n):
        await q.put(i); print("put", i); await asyncio.sleep(0.01)
    await q.put(None)
async def consumer(q, name):
    total = 0
    while True:
        item = await q.get()
        if item is None:
            await q.put(None); break
        total += item
        await asyncio.sleep(0.03)
        q.task_done()
    return name, total
async def main():
    t0 = time.perf_counter()
    c = Cache()
    print(await asyncio.gather(*(c.get(k, loader) for k in "abab")))
    print(await flaky())
    q = asyncio.Queue(maxsize=2)
    _, *res = await asyncio.gather(producer(q, 4), consumer(q, "c1"), consumer(q, "c2"))
    print(sum(r[1] for r in res))
    lim = RateLimiter(2, 0.5); start = asyncio.get_running_loop().time(); stamps = []
    for i in range(5):
        async with lim: stamps.append(round(asyncio.get_running_loop().time() - start, 1))
    print(stamps)
    done, pending = await asyncio.wait([asyncio.create_task(asyncio.sleep(d, d), name=f"s{d}") for d in (0.3, 0.1, 0.2)], return_when=asyncio.FIRST_COMPLETED)
    print([t.get_name() for t in done], len(pending)); [t.cancel() for t in pending]
    print(await asyncio.gather(*pending, return_exceptions=True))
    for f in asyncio.as_completed([asyncio.sleep(0.2, "slow"), asyncio.sleep(0.1, "fast")]): print(await f)
    try:
        async with asyncio.timeout(0.05): await asyncio.sleep(1)
    except TimeoutError: print("timed out")
    sem = asyncio.Semaphore(2); active = peak = 0
    async def job(i):
        nonlocal active, peak
        async with sem:
            active += 1; peak = max(peak, active); await asyncio.sleep(0.01); active -= 1; return i * i
    print(await asyncio.gather(*map(job, range(5))), peak)
    ev = asyncio.Event(); order = []
    async def waiter(n): await ev.wait(); order.append(n)
    ws = [asyncio.create_task(waiter(n)) for n in range(3)]; await asyncio.sleep(0); ev.set(); await asyncio.gather(*ws); print(order)
    try:
        async with asyncio.TaskGroup() as tg:
            a = tg.create_task(asyncio.sleep(0.01, "a")); b = tg.create_task(asyncio.sleep(0.02, "b"))
    except* ValueError: print("no")
    print(a.result(), b.result())
    res = await asyncio.to_thread(lambda x: x + 1, 41); print(res)
    fut = asyncio.get_running_loop().create_future(); asyncio.get_running_loop().call_later(0.01, fut.set_result, "later"); print(await fut)
    cond = asyncio.Condition(); items = []
    async def cons():
        async with cond:
            await cond.wait_for(lambda: items); return items.pop()
    t = asyncio.create_task(cons()); await asyncio.sleep(0)
    async with cond: items.append("x"); cond.notify()
    print(await t)
    t = asyncio.create_task(asyncio.sleep(10)); await asyncio.sleep(0); t.cancel()
    try: await t
    except asyncio.CancelledError: print("cancelled", t.cancelled(), t.done())
    print(await asyncio.shield(asyncio.sleep(0.01, "shielded")))
    print(asyncio.current_task().get_name(), len(asyncio.all_tasks()))
asyncio.run(main())
