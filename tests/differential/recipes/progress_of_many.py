import asyncio
import sys


async def job(number):
    await asyncio.sleep((7 * number % 5) / 10)
    if number == 3:
        raise RuntimeError(f'job {number}')
    return number


async def main():
    jobs = [job(number) for number in range(6)]
    finished = 0
    for future in asyncio.as_completed(jobs, timeout=0.25):
        try:
            print('got', await future)
        except RuntimeError as error:
            print('failed', error)
        except TimeoutError as error:
            print('too late', finished)
            break
        finished += 1
    left = asyncio.all_tasks() - {asyncio.current_task()}
    print(len(left))
    await asyncio.gather(*left, return_exceptions=True)
    if sys.version_info >= (3, 13):
        tasks = {asyncio.create_task(job(number)): number for number in (1, 2, 4)}
        async for task in asyncio.as_completed(tasks):
            print(tasks[task], task.done(), await task)


asyncio.run(main())
