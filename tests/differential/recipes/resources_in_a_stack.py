import asyncio
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext, suppress


@asynccontextmanager
async def connection(name):
    print('open', name)
    await asyncio.sleep(0.01)
    try:
        yield name.upper()
    except ValueError as error:
        print(name, 'saw', error)
        raise
    finally:
        await asyncio.sleep(0.01)
        print('close', name)


class Session:
    async def __aenter__(self):
        print('begin')
        return self

    async def __aexit__(self, kind, error, traceback):
        print('end', kind and kind.__name__)
        return isinstance(error, KeyError)


async def main():
    lock = asyncio.Lock()
    async with AsyncExitStack() as stack:
        names = [await stack.enter_async_context(connection(name)) for name in 'abc']
        await stack.enter_async_context(lock)
        stack.callback(print, 'callback', len(names))
        stack.push_async_callback(asyncio.sleep, 0.05)
        print(names, lock.locked())
    print(lock.locked())
    try:
        async with connection('d') as d, connection('e') as e:
            raise ValueError(d + e)
    except ValueError as error:
        print('outside', error)
    async with Session():
        raise KeyError('hidden')
    with suppress(TimeoutError):
        async with asyncio.timeout(0.02), connection('f'):
            await asyncio.sleep(1)
    async with nullcontext(5) as five, Session() as session:
        print(five, isinstance(session, Session))


asyncio.run(main())
