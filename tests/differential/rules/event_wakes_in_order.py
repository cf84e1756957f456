"""set() wakes all in order, also if clear() follows; who asks afterwards passes, maybe before them."""
import asyncio

event = asyncio.Event()


async def wait(name):
    print(name, await event.wait(), event.is_set())


async def late():
    await asyncio.sleep(0)
    await wait('late')


async def main():
    tasks = [asyncio.create_task(late())]
    tasks += [asyncio.create_task(wait(name)) for name in 'abc']
    await asyncio.sleep(0)
    print(repr(event).partition('[')[2])
    event.set()
    event.set()
    await asyncio.gather(*tasks)
    event.clear()
    again = [asyncio.create_task(wait(name)) for name in 'xy']
    await asyncio.sleep(0)
    again[0].cancel()
    event.set()
    event.clear()
    results = await asyncio.gather(*again, return_exceptions=True)
    print(results, repr(event).partition('[')[2])


asyncio.run(main())
