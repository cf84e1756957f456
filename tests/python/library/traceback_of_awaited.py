# A future gives its exception the traceback that it had, once; who asks later begins with none.
import asyncio
import traceback


def shown(error):
    return [line for line in traceback.format_exception(error) if "File" not in line][:-1] + [
        line.strip().partition(", ")[2].splitlines()[0]
        for line in traceback.format_exception(error) if "File" in line]


async def fails():
    raise KeyError(1)


async def waiter(task, name):
    try:
        await task
    except KeyError as error:
        print(name, shown(error))


async def main():
    task = asyncio.create_task(fails())
    first = asyncio.create_task(waiter(task, "first"))
    second = asyncio.create_task(waiter(task, "second"))
    await asyncio.wait([first, second])
    try:
        task.result()
    except KeyError as error:
        print("result", shown(error))
    print("exception", shown(task.exception()))
    future = asyncio.get_running_loop().create_future()
    future.set_exception(ValueError(3))
    for _ in range(2):
        try:
            await future
        except ValueError as error:
            print(shown(error))


asyncio.run(main())
