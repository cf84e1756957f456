import asyncio
from contextlib import asynccontextmanager, aclosing
async def ticker(n, d=0.1):
    try:
        for i in range(n):
            await asyncio.sleep(d)
            yield i
    finally:
        print("ticker done")
async def doubler(src):
    async for x in src:
        yield x * 2
class Stream:
    def __init__(self, n): self.n = n
    def __aiter__(self): return self
    async def __anext__(self):
        if self.n <= 0: raise StopAsyncIteration
        self.n -= 1
        await asyncio.sleep(0)
        return self.n
@asynccontextmanager
async def conn(name):
    print("open", name)
    await asyncio.sleep(0.01)
    try:
        yield name.upper()
    except KeyError as e:
        print("swallowed", e)
    finally:
        print("close", name)
async def accumulate():
    total = 0
    while True:
        v = yield total
        if v is None: return
        total += v
async def main():
    async for x in ticker(3): print(x)
    print([x async for x in doubler(ticker(2))])
    print({x: x * x async for x in Stream(3)}, {x async for x in Stream(2)}, [y for x in [1] async for y in Stream(2) if y])
    print(await anext(Stream(5)), await anext(Stream(0), "dflt"))
    async with conn("a") as a, conn("b") as b: print(a, b)
    async with conn("c"): raise KeyError("k")
    try:
        async with conn("d"): raise ValueError("v")
    except ValueError as e: print("out", e)
    g = accumulate()
    print(await g.asend(None), await g.asend(3), await g.asend(4))
    try: await g.asend(None)
    except StopAsyncIteration: print("exhausted")
    async with aclosing(ticker(10)) as t:
        async for x in t:
            if x == 1: break
    g = ticker(3)
    await anext(g)
    try: await g.athrow(RuntimeError("thrown"))
    except RuntimeError as e: print(e)
    await g.aclose()
    g2 = ticker(5); await anext(g2); await g2.aclose(); print("closed")
    gen = (x + 1 async for x in Stream(3))
    print(type(gen).__name__, [v async for v in gen])
    async def consumer(name, q):
        while (item := await q.get()) is not None:
            print(name, item); q.task_done()
    q = asyncio.Queue()
    t = asyncio.create_task(consumer("c1", q))
    async for x in Stream(3): await q.put(x)
    await q.put(None); await t
    async for i in ticker(1):
        pass
    else: print("else")
asyncio.run(main())
