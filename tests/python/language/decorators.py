import functools


def log(f):
    @functools.wraps(f)
    def wrapper(*args, **kw):
        print("call", f.__name__, args, kw)
        result = f(*args, **kw)
        print("return", result)
        return result
    return wrapper


def repeat(n):
    def decorator(f):
        def wrapper(*args):
            return [f(*args) for _ in range(n)]
        return wrapper
    return decorator


@log
def add(a, b=1):
    """Adds."""
    return a + b


@repeat(3)
@log
def hi(name):
    return f"hi {name}"


print(add(1), add(1, b=5), add.__name__, add.__doc__)
print(hi("x"))


class CountCalls:
    def __init__(self, f):
        self.f = f
        self.calls = 0

    def __call__(self, *args):
        self.calls += 1
        return self.f(*args)


@CountCalls
def square(x):
    return x * x


print(square(3), square(4), square.calls)


def register(table):
    def add_to(f):
        table[f.__name__] = f
        return f
    return add_to


table = {}


@register(table)
def one():
    return 1


@register(table)
def two():
    return 2


print({name: f() for name, f in table.items()})


def order(name):
    print("evaluate", name)

    def apply(f):
        print("apply", name)
        return f
    return apply


@order("outer")
@order("inner")
def decorated():
    pass


class Service:
    handlers = {}

    def on(event, handlers=handlers):
        def wrap(f):
            handlers[event] = f
            return f
        return wrap

    @on("start")
    def start(self):
        return "started"

    @on("stop")
    def stop(self):
        return "stopped"


s = Service()
print([Service.handlers[e](s) for e in ("start", "stop")])


@functools.lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(30))


class Descriptor:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, obj, owner=None):
        if obj is None:
            return self
        return getattr(obj, self.name, "unset")

    def __set__(self, obj, value):
        setattr(obj, self.name, value)


class Owner:
    field = Descriptor()


o = Owner()
print(o.field)
o.field = 5
print(o.field, vars(o))
