return 1
await x
break


def f():
    await g()
    async with x:
        pass
    yield


class C:
    yield 1


def g(a, a):
    nonlocal missing
    continue


async def h():
    yield 1
    return 2
