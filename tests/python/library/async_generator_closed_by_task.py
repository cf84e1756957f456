import asyncio
async def numbers():
    for number in range(3):
        yield number
async def work0():
    steps4 = numbers()
    number = await anext(steps4)
async def main():
    asyncio.create_task(work0())
    for i in range(6):
        await asyncio.sleep(0)
        print(i, len(asyncio.all_tasks()))
asyncio.run(main())
