import asyncio

async def worker(n):
    await asyncio.sleep(n / 100)
    raise ValueError(f"worker {n}")

async def main():
    async with asyncio.TaskGroup() as tg:
        tg.create_task(worker(1))
        tg.create_task(worker(3))

asyncio.run(main())
