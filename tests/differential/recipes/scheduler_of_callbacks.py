import asyncio


class Every:
    """Calls a function again and again."""

    def __init__(self, loop, interval, function, *args):
        self.loop, self.interval = loop, interval
        self.function, self.args = function, args
        self.handle = loop.call_later(interval, self.run)

    def run(self):
        self.handle = self.loop.call_later(self.interval, self.run)
        self.function(*self.args)

    def stop(self):
        self.handle.cancel()


async def main():
    loop = asyncio.get_running_loop()
    start = loop.time()
    seen = []
    every = Every(loop, 0.1, seen.append, 'tick')
    other = Every(loop, 0.25, lambda: seen.append('tock'))
    await asyncio.sleep(0.55)
    every.stop()
    await asyncio.sleep(0.5)
    other.stop()
    print(seen, every.handle.cancelled(), isinstance(other.handle, asyncio.TimerHandle))
    order = []
    when = loop.time() + 0.1
    for number in range(5):
        loop.call_at(when, order.append, number)
    loop.call_soon(order.append, 'soon')
    loop.call_later(0, order.append, 'zero')
    loop.call_later(-1, order.append, 'past')
    loop.call_soon_threadsafe(order.append, 'threadsafe')
    await asyncio.sleep(0.2)
    print(order, round(loop.time() - start, 3))
    future = loop.create_future()
    timer = loop.call_later(0.05, future.set_result, 'rang')
    print(await future, timer.cancelled(), round(timer.when() - loop.time(), 6))
    handle = loop.call_soon(order.append, 'never')
    handle.cancel()
    await asyncio.sleep(0)
    print(order[-1], handle.cancelled())
    for wrong in (lambda: loop.call_later(None, print), lambda: loop.call_at(None, print),
                  lambda: loop.call_later('1', print)):
        try:
            wrong()
        except TypeError as error:
            print(error)


asyncio.run(main())
