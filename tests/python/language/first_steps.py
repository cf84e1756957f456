import asyncio

async def greet(name, delay=1):
    await asyncio.sleep(delay)
    print(f"hello {name} after {delay}")
    return name.upper()

class Counter:
    """A counter."""
    total = 0
    def __init__(self, start):
        self.value = start
    def bump(self, by=1):
        self.value += by
        Counter.total += by
        return self.value

class Sub(Counter):
    def bump(self, by=1):
        return super().bump(by * 2)

def gen(n):
    for i in range(n):
        got = yield i
        if got:
            print("got", got)

def outer():
    x = 1
    def inner():
        nonlocal x
        x += 1
        return x
    return inner

async def agen():
    for i in range(3):
        await asyncio.sleep(0.1)
        yield i

async def main():
    results = await asyncio.gather(*[greet(n, i) for i, n in enumerate("abc")])
    print(results)
    c = Sub(3)
    print(c.bump(), Counter.total, Sub.__doc__, Counter.__doc__)
    f = outer()
    print(f(), f())
    async for v in agen():
        print(v)
    print([v async for v in agen() if v])
    try:
        raise ValueError("x")
    except ValueError as e:
        print("caught", e)
    finally:
        print("fin")

if __name__ == "__main__":
    g = gen(3)
    print(next(g), g.send("hi"), list(g))
    asyncio.run(main())
    asyncio.run(greet("z"))
    print("done")
