import asyncio, sys
def job():
    sys.exit(7)
async def main():
    loop = asyncio.get_running_loop()
    try:
        await loop.run_in_executor(None, job)
    except SystemExit as e:
        print("got", e.code)
        raise
asyncio.run(main())
