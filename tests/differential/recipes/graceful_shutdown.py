import asyncio


class Service:
    def __init__(self, name):
        self.name = name
        self.stopping = asyncio.Event()
        self.jobs = {}

    async def handle(self, number):
        try:
            await asyncio.sleep(0.03 * (number + 1))
            print(f'{self.name} handled {number}')
        except asyncio.CancelledError:
            print(f'{self.name} dropped {number}')
            raise

    async def serve(self):
        number = 0
        while not self.stopping.is_set():
            job = asyncio.create_task(self.handle(number), name=f'{self.name}-{number}')
            self.jobs[job] = number
            job.add_done_callback(self.jobs.pop)
            number += 1
            try:
                await asyncio.wait_for(self.stopping.wait(), 0.02)
            except asyncio.TimeoutError:
                pass
        print(f'{self.name} drains {len(self.jobs)}')
        done, pending = await asyncio.wait(list(self.jobs), timeout=0.05)
        print(len(done), len(pending))
        for job in pending:
            job.cancel()
        await asyncio.gather(*pending, return_exceptions=True)
        print(f'{self.name} stopped, {len(self.jobs)} left')


async def main():
    services = [Service('web'), Service('mail')]
    running = [asyncio.create_task(service.serve()) for service in services]
    await asyncio.sleep(0.1)
    for service in services:
        service.stopping.set()
    await asyncio.gather(*running)
    print(sorted(task.get_name() for task in asyncio.all_tasks()))


asyncio.run(main())
