import asyncio
async def numbers():
    try:
        for number in range(3):
            yield number
    finally:
        print('closed')
async def work1():
    steps9 = numbers()
    number = await anext(steps9)
    await asyncio.sleep(10)
async def main():
    t = asyncio.create_task(work1())
    await asyncio.sleep(0.03)
asyncio.run(main())
