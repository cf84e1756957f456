import asyncio
import itertools


class Supervisor:
    def __init__(self, limit):
        self.limit, self.restarts = limit, {}

    async def watch(self, name, make):
        for attempt in itertools.count():
            task = asyncio.create_task(make(attempt), name=f'{name}/{attempt}')
            try:
                result = await task
                print(f'{name} ended with {result}')
                return result
            except asyncio.CancelledError:
                print(f'{name} told to end')
                task.cancel()
                await asyncio.wait([task])
                raise
            except Exception as error:
                self.restarts[name] = attempt + 1
                print(f'{name} crashed: {error!r}')
                if attempt + 1 >= self.limit:
                    raise RuntimeError(f'{name} gave up') from error
                await asyncio.sleep(0.01 * 2 ** attempt)


async def flaky(attempt):
    await asyncio.sleep(0.02)
    if attempt < 2:
        raise ConnectionResetError(attempt)
    return 'success'


async def broken(attempt):
    await asyncio.sleep(0.03)
    return [][attempt]


async def endless(attempt):
    try:
        await asyncio.Event().wait()
    finally:
        await asyncio.sleep(0.01)
        print('endless is over')


async def main():
    supervisor = Supervisor(3)
    try:
        async with asyncio.TaskGroup() as group:
            for name, make in (('flaky', flaky), ('broken', broken), ('endless', endless)):
                group.create_task(supervisor.watch(name, make))
    except* RuntimeError as errors:
        for error in errors.exceptions:
            print(error, '<-', repr(error.__cause__))
    print(supervisor.restarts)


asyncio.run(main())
