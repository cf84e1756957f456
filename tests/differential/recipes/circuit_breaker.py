import asyncio
import enum


class State(enum.Enum):
    CLOSED = 'closed'
    OPEN = 'open'
    HALF_OPEN = 'half open'


class Breaker:
    def __init__(self, failures, pause):
        self.failures, self.pause = failures, pause
        self.count, self.state, self.opened_at = 0, State.CLOSED, None

    async def call(self, function, *args):
        loop = asyncio.get_running_loop()
        if self.state is State.OPEN:
            if loop.time() - self.opened_at < self.pause:
                raise ConnectionAbortedError('open')
            self.state = State.HALF_OPEN
        try:
            result = await function(*args)
        except OSError:
            self.count += 1
            if self.count >= self.failures or self.state is State.HALF_OPEN:
                self.state, self.opened_at = State.OPEN, loop.time()
            raise
        self.count, self.state = 0, State.CLOSED
        return result


async def unreliable(number):
    await asyncio.sleep(0.01)
    if 2 <= number < 8:
        raise OSError(f'call {number}')
    return number


async def main():
    breaker = Breaker(3, 0.1)
    for number in range(12):
        try:
            print(number, await breaker.call(unreliable, number), breaker.state.name)
        except OSError as error:
            print(number, type(error).__name__, error, breaker.state)
        await asyncio.sleep(0.03)


asyncio.run(main())
