"""reset() and abort() break those who wait; an aborted barrier stays broken until it is reset."""
import asyncio

barrier = asyncio.Barrier(3)


async def party(name):
    try:
        print(name, await barrier.wait())
    except asyncio.BrokenBarrierError as error:
        print(name, error, barrier.broken)


async def main():
    tasks = [asyncio.create_task(party(name)) for name in 'ab']
    await asyncio.sleep(0)
    await barrier.reset()
    print('reset', repr(barrier).partition('[')[2])
    await asyncio.wait(tasks)
    tasks = [asyncio.create_task(party(name)) for name in 'cd']
    await asyncio.sleep(0)
    await barrier.abort()
    print('aborted', repr(barrier).partition('[')[2])
    await asyncio.wait(tasks)
    await party('e')
    await barrier.reset()
    await asyncio.gather(*(party(name) for name in 'fgh'))
    try:
        asyncio.Barrier(0)
    except ValueError as error:
        print(error)


asyncio.run(main())
