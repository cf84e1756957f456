import asyncio


async def sleeper(x):
    for _ in range(10):
        x = (x * 1103515245 + 12345) % 2147483648
        await asyncio.sleep((1 + x % 1000) / 1000)


async def w1(n):
    tasks = [asyncio.create_task(sleeper(i)) for i in range(n)]
    for task in tasks:
        await task


async def pong(there, back, rounds):
    for _ in range(rounds):
        await back.put(await there.get())


async def w2(n):
    there, back = asyncio.Queue(1), asyncio.Queue(1)
    task = asyncio.create_task(pong(there, back, 10 * n))
    for i in range(10 * n):
        await there.put(i)
        await back.get()
    await task


async def yielder():
    await asyncio.sleep(0)


async def w3(n):
    await asyncio.gather(*[yielder() for _ in range(n)])


async def convoy(lock):
    for _ in range(10):
        async with lock:
            await asyncio.sleep(0)


async def w5(n):
    lock = asyncio.Lock()
    await asyncio.gather(*[convoy(lock) for _ in range(n)])
