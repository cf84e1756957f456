"""How many go on at once when permits are free but others stood in line: one by one before 3.13."""
import asyncio

gate = asyncio.Semaphore(0)


async def use(name):
    await gate.acquire()
    print(name, 'in')


async def main():
    tasks = [asyncio.create_task(use(name)) for name in 'abcd']
    await asyncio.sleep(0)
    tasks[0].cancel()
    for _ in range(4):
        gate.release()
    tasks[1].cancel()
    late = asyncio.create_task(use('late'))
    print(gate.locked())
    await asyncio.wait([*tasks, late])
    print(repr(gate).partition('[')[2])


asyncio.run(main())
