import asyncio
async def inner():
    raise ValueError("the end")
async def main():
    print("running")
    await inner()
asyncio.run(main())
print("never")
