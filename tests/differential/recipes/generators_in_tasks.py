import asyncio


async def counter(name, stop=5):
    try:
        for number in range(stop):
            got = yield number
            if got is not None:
                print(f'{name} got {got}')
            await asyncio.sleep(0.01)
    except GeneratorExit:
        print(f'{name} exits')
        raise
    except ValueError as error:
        print(f'{name} saw {error}')
        yield 'recovered'
    finally:
        print(f'{name} finally')


async def main():
    one = counter('one')
    print(await asyncio.wait_for(anext(one), 1))
    print(await asyncio.create_task(one.asend('hello')))
    print(await asyncio.gather(one.__anext__()))
    print(await one.athrow(ValueError('thrown')))
    try:
        await one.__anext__()
    except StopAsyncIteration as error:
        print('over', error.args)
    two = counter('two')
    await anext(two)
    first = asyncio.create_task(anext(two))
    second = asyncio.create_task(anext(two))
    print(await asyncio.gather(first, second, return_exceptions=True))
    task = asyncio.create_task(two.aclose())
    await task
    three = counter('three')
    await anext(three)
    stopped = asyncio.create_task(anext(three))
    await asyncio.sleep(0)
    stopped.cancel()
    print(await asyncio.gather(stopped, return_exceptions=True))
    print(await anext(three, 'none left'))
    four = counter('four')
    await anext(four)
    early = asyncio.create_task(four.aclose())
    early.cancel()
    print(await asyncio.gather(early, return_exceptions=True))
    five = counter('five')
    try:
        await five.asend('too early')
    except TypeError as error:
        print(error)
    step = five.asend(None)
    print(await step)
    try:
        await step
    except RuntimeError as error:
        print(error)
    await five.aclose()

    async def refuses():
        try:
            yield 1
        finally:
            yield 2

    six = refuses()
    await anext(six)
    try:
        await six.aclose()
    except RuntimeError as error:
        print(error)


asyncio.run(main())
