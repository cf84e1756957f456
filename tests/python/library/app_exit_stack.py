"""Resources that are opened in a loop, and errors in clean-up."""
import asyncio
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager, suppress


class Resource:
    opened = []

    def __init__(self, name, fail_on_close=False):
        self.name, self.fail = name, fail_on_close

    async def __aenter__(self):
        await asyncio.sleep(0)
        Resource.opened.append(self.name)
        return self

    async def __aexit__(self, exc_type, exc, tb):
        Resource.opened.remove(self.name)
        print("closing", self.name, exc_type.__name__ if exc_type else None)
        if self.fail:
            raise RuntimeError(f"closing {self.name} failed")


@asynccontextmanager
async def transaction(log):
    log.append("begin")
    try:
        yield log
    except Exception as error:
        log.append(f"rollback {error}")
        raise
    else:
        log.append("commit")


@contextmanager
def nested(*managers):
    with ExitStack() as stack:
        yield [stack.enter_context(m) for m in managers]


async def main():
    async with AsyncExitStack() as stack:
        resources = [await stack.enter_async_context(Resource(n)) for n in "abc"]
        print(Resource.opened, len(resources))
    try:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(Resource("x"))
            await stack.enter_async_context(Resource("y", fail_on_close=True))
            raise ValueError("body")
    except RuntimeError as error:
        print(repr(error), "context:", repr(error.__context__))
    log = []
    async with transaction(log):
        log.append("work")
    with suppress(KeyError):
        async with transaction(log):
            raise KeyError("k")
    print(log)
    with nested(suppress(ValueError), suppress(TypeError)) as both:
        print(len(both))
        raise ValueError("suppressed")
    stack = AsyncExitStack()
    await stack.enter_async_context(Resource("late"))
    moved = stack.pop_all()
    await stack.aclose()
    print("still open", Resource.opened)
    await moved.aclose()

    async def cleanup(name):
        print("async callback", name)

    async with AsyncExitStack() as stack:
        stack.push_async_callback(cleanup, "one")
        stack.callback(print, "sync", "callback", sep="-")
        stack.push(lambda *exc: print("exit got", exc[0]) or True)
        raise OSError("swallowed")
    print("done")


asyncio.run(main())
