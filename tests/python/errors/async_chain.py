import asyncio

async def fetch(url):
    await asyncio.sleep(0.01)
    raise ConnectionError(f"cannot reach {url}")

async def get_all(urls):
    return await asyncio.gather(*(fetch(u) for u in urls))

async def main():
    await get_all(["a", "b"])

asyncio.run(main())
