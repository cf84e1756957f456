import asyncio


async def slow(seconds):
    try:
        await asyncio.sleep(seconds)
        return seconds
    except asyncio.CancelledError as error:
        print('slow cancelled', error.args)
        raise


async def main():
    loop = asyncio.get_running_loop()
    for outer, inner in ((0.1, 0.2), (0.2, 0.1), (0.1, 0.1)):
        try:
            async with asyncio.timeout(outer) as outside:
                try:
                    async with asyncio.timeout(inner) as inside:
                        await slow(1)
                except TimeoutError:
                    print('inner', inside.expired(), outside.expired())
                    await asyncio.sleep(0.15)
                    print('after inner')
        except TimeoutError as error:
            print('outer', inside.expired(), outside.expired(), type(error.__cause__).__name__)
        print(round(loop.time(), 3))
    async with asyncio.timeout(0.1) as limit:
        print(limit, limit.when() is not None)
        await asyncio.sleep(0.05)
        limit.reschedule(loop.time() + 0.2)
        await asyncio.sleep(0.15)
        limit.reschedule(None)
        print(limit)
    print(limit)
    try:
        await asyncio.wait_for(slow(1), 0.05)
    except TimeoutError as error:
        print(repr(error), repr(error.__cause__))
    try:
        limit.reschedule(1)
    except RuntimeError as error:
        print(error)


asyncio.run(main())
