"""A permit that was granted to one who is cancelled goes to the next."""
import asyncio

gate = asyncio.Semaphore(1)


async def use(name):
    try:
        await gate.acquire()
        print(name, 'in')
    except asyncio.CancelledError as error:
        print(name, error.args, gate.locked())


async def main():
    await gate.acquire()
    tasks = [asyncio.create_task(use(name)) for name in 'abc']
    await asyncio.sleep(0)
    gate.release()
    tasks[0].cancel('granted')
    tasks[2].cancel('waiting')
    await asyncio.wait(tasks)
    print(repr(gate).partition('[')[2])


asyncio.run(main())
