import asyncio
import functools
import inspect


def plain(): ...
async def coro(): ...
def gen(): yield
async def agen(): yield


class C:
    """Doc.

       Indented.
    """
    def method(self): ...
    async def amethod(self): ...


for f in (plain, coro, gen, agen, C, C().method, C().amethod, len, functools.partial(coro), lambda: 0):
    print(inspect.iscoroutinefunction(f), inspect.isgeneratorfunction(f), inspect.isasyncgenfunction(f), inspect.isfunction(f), inspect.ismethod(f), inspect.isclass(f), inspect.isbuiltin(f), callable(f))
c, g, a = coro(), gen(), agen()
print(inspect.iscoroutine(c), inspect.isawaitable(c), inspect.isgenerator(g), inspect.isasyncgen(a), inspect.isawaitable(g), inspect.isawaitable(3))
c.close()
print(inspect.getdoc(C), asyncio.iscoroutinefunction(coro))


async def main():
    future = asyncio.get_running_loop().create_future()
    print(inspect.isawaitable(future), inspect.isawaitable(asyncio.current_task()))


asyncio.run(main())


async def call(function, *args):
    result = function(*args)
    return await result if inspect.isawaitable(result) else result


async def double(x):
    return x * 2


print(asyncio.run(call(double, 2)), asyncio.run(call(abs, -3)))
