import asyncio


class Pool:
    def __init__(self, size):
        self.semaphore = asyncio.Semaphore(size)
        self.busy = self.most = 0

    async def download(self, number):
        async with self.semaphore:
            self.busy += 1
            self.most = max(self.most, self.busy)
            await asyncio.sleep(0.01 * (1 + number % 4))
            self.busy -= 1
            print(f'{number} done, {self.semaphore.locked()}')
            return number * 100


async def main():
    pool = Pool(3)
    results = {}
    tasks = [asyncio.create_task(pool.download(number)) for number in range(10)]
    for count, future in enumerate(asyncio.as_completed(tasks), 1):
        value = await future
        results[value] = count
        print(f'{count}/{len(tasks)}: {value}')
    print(pool.most, results)
    bounded = asyncio.BoundedSemaphore(1)
    await bounded.acquire()
    bounded.release()
    try:
        bounded.release()
    except ValueError as error:
        print(error)


asyncio.run(main())
