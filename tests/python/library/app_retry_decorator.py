"""A retry decorator with backoff, as tutorials write it."""
import asyncio
import functools
import logging
import random
import sys

logging.basicConfig(stream=sys.stdout, level=logging.INFO, format="%(levelname)s %(name)s - %(message)s")
logger = logging.getLogger("retry")
random.seed(4)


class TransientError(Exception):
    pass


def retry(times=3, base=0.001, exceptions=(TransientError,)):
    def decorator(func):
        @functools.wraps(func)
        async def wrapper(*args, **kwargs):
            for attempt in range(1, times + 1):
                try:
                    return await func(*args, **kwargs)
                except exceptions as error:
                    logger.warning("attempt %d of %s failed: %s", attempt, func.__name__, error)
                    if attempt == times:
                        raise
                    await asyncio.sleep(base * 2**attempt)
        return wrapper
    return decorator


@retry(times=4)
async def flaky(name, fail=0.6):
    """Fails now and then."""
    await asyncio.sleep(0.001)
    if random.random() < fail:
        raise TransientError(f"{name} is not ready")
    return f"{name}: ok"


async def main():
    print(flaky.__name__, flaky.__doc__)
    for name in ("alpha", "beta", "gamma"):
        try:
            logger.info("got %s", await flaky(name))
        except TransientError as error:
            logger.error("gave up: %s", error)
    results = await asyncio.gather(flaky("x", fail=1), return_exceptions=True)
    print(results)


asyncio.run(main())
