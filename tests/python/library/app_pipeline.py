"""Async generators, itertools and statistics in a pipeline."""
import asyncio
import itertools
import math
import random
from collections import deque
from contextlib import aclosing
from typing import AsyncIterator, Iterable

random.seed(11)


async def sensor(name: str, n: int) -> AsyncIterator[tuple[str, float]]:
    try:
        for i in range(n):
            await asyncio.sleep(0.001)
            yield name, round(20 + math.sin(i) + random.gauss(0, 0.1), 3)
    finally:
        print(f"{name} closed")


async def smooth(readings, size=3):
    window = deque(maxlen=size)
    async for name, value in readings:
        window.append(value)
        yield name, round(sum(window) / len(window), 3)


def chunks(items: Iterable, size: int):
    it = iter(items)
    while chunk := list(itertools.islice(it, size)):
        yield chunk


async def main():
    async with aclosing(sensor("a", 100)) as readings:
        collected = []
        async for _, value in smooth(readings):
            collected.append(value)
            if len(collected) == 7:
                break
    print(collected, list(chunks(collected, 3)))
    pairs = [b - a for a, b in itertools.pairwise(collected)]
    print([f"{p:+.3f}" for p in pairs], list(itertools.accumulate([1, 2, 3])))
    runs = [(k, len(list(g))) for k, g in itertools.groupby(pairs, key=lambda p: p > 0)]
    print(runs, [x async for x in smooth(sensor("b", 2))])
    total = await asyncio.gather(*(asyncio.to_thread(sum, range(n)) for n in (10, 100)))
    print(total, math.isclose(sum(collected) / 7, 20, abs_tol=1))


asyncio.run(main())
