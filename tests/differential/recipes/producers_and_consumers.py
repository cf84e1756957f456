import asyncio
import random


async def producer(queue, number):
    rng = random.Random(number)
    for item in range(4):
        await asyncio.sleep(rng.choice([0.01, 0.02, 0.03]))
        await queue.put((number, item))
        print(f'{number} made {item}, {queue.qsize()} waiting')


async def consumer(queue, name, seen):
    while True:
        number, item = await queue.get()
        try:
            await asyncio.sleep(0.025)
            seen.append((number, item))
            print(f'{name} took {number}/{item}')
        finally:
            queue.task_done()


async def main():
    queue = asyncio.Queue(maxsize=3)
    seen = []
    consumers = [asyncio.create_task(consumer(queue, name, seen)) for name in 'ab']
    await asyncio.gather(*(producer(queue, number) for number in range(3)))
    await queue.join()
    for task in consumers:
        task.cancel()
    results = await asyncio.gather(*consumers, return_exceptions=True)
    print([type(result).__name__ for result in results])
    print(sorted(seen), queue)


asyncio.run(main())
