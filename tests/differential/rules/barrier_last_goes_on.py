"""The last party goes on at once, the others one hop later in order of arrival."""
import asyncio

barrier = asyncio.Barrier(3)


async def party(name):
    for phase in 1, 2:
        index = await barrier.wait()
        print(name, phase, index, barrier.n_waiting, repr(barrier).partition('[')[2])


async def main():
    await asyncio.gather(*(party(name) for name in 'abc'))
    print(barrier.parties, barrier.n_waiting, barrier.broken)
    async with asyncio.Barrier(1) as index:
        print(index)


asyncio.run(main())
