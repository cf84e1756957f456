"""Caching, timing and registering decorators."""
import asyncio
import functools
import time
from collections import defaultdict

registry = defaultdict(list)


def register(kind):
    def wrap(func):
        registry[kind].append(func.__name__)
        return func
    return wrap


def async_cache(func):
    cache = {}

    @functools.wraps(func)
    async def wrapper(*args):
        if args not in cache:
            cache[args] = asyncio.ensure_future(func(*args))
        return await cache[args]

    wrapper.cache = cache
    return wrapper


def timed(func):
    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        began = time.perf_counter()
        result = func(*args, **kwargs)
        wrapper.calls += 1
        wrapper.total += time.perf_counter() - began
        return result
    wrapper.calls, wrapper.total = 0, 0.0
    return wrapper


@register("io")
@async_cache
async def load(key):
    print("loading", key)
    await asyncio.sleep(0.001)
    return key.upper()


@register("cpu")
@timed
@functools.lru_cache(maxsize=None)
def collatz(n):
    return 1 if n == 1 else 1 + collatz(n // 2 if n % 2 == 0 else 3 * n + 1)


class Service:
    def __init__(self, name):
        self.name = name

    @functools.cached_property
    def label(self):
        print("making label")
        return f"<{self.name}>"

    @functools.singledispatchmethod
    def show(self, value):
        return f"other {value}"

    @show.register(int)
    def _(self, value):
        return f"{self.name} int {value}"

    @show.register(str)
    def _(self, value):
        return f"{self.name} str {value}"


async def main():
    print(await asyncio.gather(load("a"), load("b"), load("a")), len(load.cache), load.__name__)
    print(max(range(1, 30), key=collatz), collatz.calls, collatz.__wrapped__.cache_info().hits > 0)
    s = Service("svc")
    print(s.label, s.label, s.show(1), s.show("x"), s.show(1.5), dict(registry))


asyncio.run(main())
