def counter():
    count = 0

    def increment(by=1):
        nonlocal count
        count += by
        return count

    def reset():
        nonlocal count
        count = 0

    return increment, reset


inc, reset = counter()
print(inc(), inc(), inc(5))
reset()
print(inc())

late = [lambda: i for i in range(3)]
print([f() for f in late])
early = [lambda i=i: i for i in range(3)]
print([f() for f in early])

funcs = []
for name in ["a", "b"]:
    def show():
        return name
    funcs.append(show)
print([f() for f in funcs])


def outer():
    x = "outer"

    def middle():
        def inner():
            return x
        return inner
    f = middle()
    x = "changed"
    return f()


print(outer())


def unbound():
    def get():
        return value
    try:
        get()
    except NameError as e:
        print("NameError:", e)
    value = 1
    return get()


print(unbound())


def local_error():
    try:
        print(y)
    except UnboundLocalError as e:
        print("UnboundLocalError:", e)
    y = 1
    return y


print(local_error())

x = "global"


def shadows():
    x = "local"

    class A:
        seen = x

        def method(self):
            return x
    return A.seen, A().method()


print(shadows())


def uses_global():
    global x, fresh
    x = "changed"
    fresh = "new"


uses_global()
print(x, fresh)


class Body:
    x = x + "!"
    y = [x for _ in range(2)]
    names = [n for n in ("p", "q")]


print(Body.x, Body.y, Body.names)


def compose(*fs):
    def composed(value):
        for f in reversed(fs):
            value = f(value)
        return value
    return composed


print(compose(lambda v: v + 1, lambda v: v * 2)(5))


def memo(f):
    cache = {}

    def wrapper(n):
        if n not in cache:
            cache[n] = f(n)
        return cache[n]
    wrapper.cache = cache
    return wrapper


@memo
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(50), len(fib.cache))

adders = {n: (lambda v, n=n: v + n) for n in range(3)}
print([adders[n](10) for n in adders])
print((lambda *args, **kw: (args, kw))(1, 2, a=3))
print((lambda a, /, b, *, c=4: (a, b, c))(1, b=2))


def recursive():
    def fact(n):
        return 1 if n <= 1 else n * fact(n - 1)
    return fact(10)


print(recursive())


def deleter():
    v = 1

    def f():
        return v
    del v
    try:
        f()
    except NameError as e:
        print("NameError:", e)


deleter()
print(outer.__name__, outer.__qualname__, counter()[0].__qualname__, (lambda: 0).__name__)
