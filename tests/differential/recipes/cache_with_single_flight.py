import asyncio
import functools


class Cache:
    """Concurrent misses of one key share one load."""

    def __init__(self, load, lifetime):
        self.load, self.lifetime = load, lifetime
        self.values, self.loading = {}, {}

    async def get(self, key):
        if key in self.values:
            return self.values[key]
        if key not in self.loading:
            task = self.loading[key] = asyncio.create_task(self.load(key))
            task.add_done_callback(functools.partial(self._loaded, key))
        return await asyncio.shield(self.loading[key])

    def _loaded(self, key, task):
        del self.loading[key]
        if not task.cancelled() and task.exception() is None:
            self.values[key] = task.result()
            asyncio.get_running_loop().call_later(self.lifetime, self.values.pop, key, None)


loads = []


async def load(key):
    loads.append(key)
    await asyncio.sleep(0.05)
    if key == 'bad':
        raise LookupError(key)
    return key.upper()


async def main():
    cache = Cache(load, 0.2)
    print(await asyncio.gather(*(cache.get('a') for _ in range(3)), cache.get('b')), loads)
    impatient = asyncio.create_task(cache.get('c'))
    patient = asyncio.create_task(cache.get('c'))
    await asyncio.sleep(0.01)
    impatient.cancel()
    print(await patient, impatient.cancelled(), loads)
    print(await asyncio.gather(cache.get('bad'), cache.get('bad'), return_exceptions=True), loads)
    print(await cache.get('a'), len(loads))
    await asyncio.sleep(0.3)
    print(cache.values, await cache.get('a'), len(loads))


asyncio.run(main())
