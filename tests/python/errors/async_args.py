import asyncio
async def greet(name):
    print(name)
async def main():
    await greet("a", "b")
asyncio.run(main())
