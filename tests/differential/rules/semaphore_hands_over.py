"""A permit that is given back goes to the first who waits; nobody can take it from that one."""
import asyncio

gate = asyncio.Semaphore(1)


async def use(name):
    async with gate:
        print(name, 'in', gate.locked())
        await asyncio.sleep(0)
    print(name, 'out', gate.locked())


async def main():
    tasks = [asyncio.create_task(use(name)) for name in 'abc']
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print('main', gate.locked(), repr(gate).partition('[')[2])
    async with gate:
        print('main in')
    await asyncio.gather(*tasks)
    print(repr(gate).partition('[')[2])


asyncio.run(main())
