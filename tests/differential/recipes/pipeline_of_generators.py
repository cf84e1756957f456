import asyncio
from contextlib import aclosing


async def numbers(limit):
    try:
        for number in range(limit):
            await asyncio.sleep(0.01)
            yield number
    finally:
        await asyncio.sleep(0.02)
        print('numbers closed')


async def squares(source):
    try:
        async for number in source:
            yield number * number
    finally:
        print('squares closed')


async def batches(source, size):
    batch = []
    async for item in source:
        batch.append(item)
        if len(batch) == size:
            yield tuple(batch)
            batch.clear()
    if batch:
        yield tuple(batch)


async def main():
    async for batch in batches(squares(numbers(7)), 3):
        print(batch)
    print([square async for square in squares(numbers(4)) if square % 2 == 0])
    async with aclosing(squares(numbers(100))) as source:
        async for square in source:
            print(square)
            if square > 3:
                break
    print('left')
    source = squares(numbers(3))
    print(await anext(source), await anext(source, 'none'))
    await source.aclose()
    print(await anext(source, 'over'))


asyncio.run(main())
