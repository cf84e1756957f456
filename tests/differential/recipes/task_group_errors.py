import asyncio


async def work(name, delay, error=None):
    try:
        await asyncio.sleep(delay)
        if error:
            raise error
        print(f'{name} done')
        return name
    except asyncio.CancelledError:
        print(f'{name} cancelled')
        await asyncio.sleep(0.01)
        print(f'{name} cleaned up')
        raise


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            first = group.create_task(work('first', 0.01), name='one')
            group.create_task(work('second', 0.02, ValueError('two')))
            group.create_task(work('third', 0.03, KeyError('three')))
            try:
                await asyncio.sleep(1)
            finally:
                print('body over', first.done(), asyncio.current_task().cancelling())
    except* ValueError as group_error:
        print('values', group_error.exceptions)
    except* KeyError as group_error:
        print('keys', group_error.exceptions)
    print(first.result(), asyncio.current_task().cancelling())
    try:
        async with asyncio.TaskGroup() as outer:
            outer.create_task(work('outer', 0.05))
            async with asyncio.TaskGroup() as inner:
                inner.create_task(work('inner', 0.01, OSError('inner')))
                inner.create_task(work('sibling', 0.05))
    except BaseExceptionGroup as error:
        print(repr(error))
        print(error.subgroup(OSError).message, error.split(OSError)[1])
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(work('never', 1))
            raise LookupError('body')
    except ExceptionGroup as error:
        print(error, error.exceptions)
    try:
        group.create_task(work('late', 1))
    except RuntimeError as error:
        print(str(error)[:34])


asyncio.run(main())
