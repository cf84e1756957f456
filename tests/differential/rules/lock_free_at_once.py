"""A free lock is taken without suspending."""
import asyncio


async def main():
    lock = asyncio.Lock()
    asyncio.get_running_loop().call_soon(print, 'next iteration')
    print(await lock.acquire(), lock.locked())
    lock.release()
    async with lock as nothing:
        print(nothing, lock.locked())
    print('still the first step')
    await asyncio.sleep(0)
    try:
        lock.release()
    except RuntimeError as error:
        print(error)


asyncio.run(main())
