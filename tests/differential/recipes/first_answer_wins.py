import asyncio


async def mirror(name, delay, fails=False):
    try:
        await asyncio.sleep(delay)
        if fails:
            raise ConnectionError(name)
        return name
    except asyncio.CancelledError:
        print(f'{name} not needed')
        raise


async def fastest(*answers):
    pending = {asyncio.ensure_future(answer) for answer in answers}
    errors = []
    try:
        while pending:
            done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                if task.exception() is None:
                    return task.result()
                errors.append(task.exception())
        raise ExceptionGroup('no answer', errors)
    finally:
        for task in pending:
            task.cancel()
        if pending:
            await asyncio.wait(pending)


async def main():
    print(await fastest(mirror('a', 0.03), mirror('b', 0.01, True), mirror('c', 0.02)))
    try:
        await fastest(mirror('d', 0.02, True), mirror('e', 0.01, True))
    except ExceptionGroup as error:
        print(error.message, error.exceptions)
    tasks = [asyncio.create_task(mirror(name, 0.01, name == 'g')) for name in 'fgh']
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    print(len(done), len(pending))
    print(sorted(task.get_name() for task in done), [repr(task.exception()) for task in tasks])


asyncio.run(main())
