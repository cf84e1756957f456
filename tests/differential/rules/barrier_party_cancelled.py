"""A cancelled party lowers the count, so that two can have the same index."""
import asyncio

barrier = asyncio.Barrier(3)


async def party(name):
    try:
        print(name, await barrier.wait())
    except asyncio.CancelledError:
        print(name, 'cancelled', barrier.n_waiting)
        raise


async def main():
    tasks = [asyncio.create_task(party(name)) for name in 'ab']
    await asyncio.sleep(0)
    tasks[0].cancel()
    await asyncio.sleep(0.01)
    tasks += [asyncio.create_task(party(name)) for name in 'cdef']
    await asyncio.sleep(0.01)
    print(repr(barrier).partition('[')[2])
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)


asyncio.run(main())
