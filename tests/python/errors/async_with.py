import asyncio
class Conn:
    async def __aenter__(self):
        await asyncio.sleep(0)
        return self
    async def __aexit__(self, *exc):
        await asyncio.sleep(0)
        return False
    async def query(self, sql):
        raise RuntimeError("syntax: " + sql)
async def main():
    async with Conn() as conn:
        rows = await conn.query("SELECT")
asyncio.run(main())
