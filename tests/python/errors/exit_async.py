import asyncio, sys
async def main():
    try:
        await asyncio.sleep(0.01)
        sys.exit(6)
    finally:
        print("cleanup")
try:
    asyncio.run(main())
finally:
    print("end")
