import asyncio
async def forever():
    while True:
        await asyncio.sleep(1)
async def main():
    t = asyncio.create_task(forever())
    await asyncio.sleep(0.1)
    t.cancel("stop it")
    await t
asyncio.run(main())
