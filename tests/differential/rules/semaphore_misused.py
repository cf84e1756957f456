"""Values below 0, and more permits given back than there were."""
import asyncio


async def main():
    for make in asyncio.Semaphore, asyncio.BoundedSemaphore:
        try:
            make(-1)
        except ValueError as error:
            print(error)
    bounded = asyncio.BoundedSemaphore(2)
    await bounded.acquire()
    bounded.release()
    try:
        bounded.release()
    except ValueError as error:
        print(error)
    plain = asyncio.Semaphore(2)
    plain.release()
    print(repr(plain).partition('[')[2], repr(bounded).partition('[')[2])
    print(isinstance(bounded, asyncio.Semaphore), isinstance(plain, asyncio.BoundedSemaphore))


asyncio.run(main())
