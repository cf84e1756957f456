import asyncio
async def ticker(n):
    for i in range(n):
        yield i
        await asyncio.sleep(0)
    raise EOFError("no more")
async def main():
    async for x in ticker(2):
        print(x)
asyncio.run(main())
