"""Producer consumer."""
import asyncio

from virtual_loop import print, run


items = []


async def produce(f):
    for n in range(3):
        await asyncio.sleep(1)
        items.append(n)
        print(f"made {n}")
    f.set_result(None)


async def consume(n, f):
    while not f.done() or items:
        if items:
            print(f"{n} took {items.pop(0)}")
        await asyncio.sleep(0.4)


async def main():
    f = asyncio.get_running_loop().create_future()
    await asyncio.gather(produce(f), consume("a", f), consume("b", f))


run(main())
