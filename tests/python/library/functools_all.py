import functools
from functools import cache, cached_property, cmp_to_key, lru_cache, partial, reduce, singledispatch, total_ordering, wraps

power = partial(pow, 2)
print(power(10), power.func is pow, power.args, power.keywords)
hello = partial("{greeting}, {name}".format, greeting="Hi")
print(hello(name="Bob"), hello.keywords)
print(reduce(lambda a, b: a * b, [1, 2, 3, 4]), reduce(max, [3, 9, 2], 0))


def logged(func):
    """The decorator."""
    @wraps(func)
    def wrapper(*args, **kwargs):
        """The wrapper."""
        print("calling", func.__name__, args, kwargs)
        return func(*args, **kwargs)
    return wrapper


@logged
def add(a, b=1):
    """Adds."""
    return a + b


print(add(1, b=2), add.__name__, add.__doc__, add.__wrapped__(3))


@lru_cache(maxsize=2)
def square(n):
    print("computing", n)
    return n * n


print([square(n) for n in (1, 2, 1, 3, 2, 1)], square.cache_info())
square.cache_clear()
print(square.cache_info(), square.cache_parameters())


@cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(90), fib.cache_info())


class Circle:
    def __init__(self, radius):
        self.radius = radius

    @cached_property
    def area(self):
        print("computing area")
        return 3 * self.radius**2


circle = Circle(2)
print(circle.area, circle.area, circle.__dict__)


@total_ordering
class Version:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        return self.n == other.n

    def __lt__(self, other):
        return self.n < other.n


print(Version(1) <= Version(2), Version(2) > Version(1), Version(2) >= Version(3), max(Version(1), Version(5)).n)
print(sorted([3, 1, 2], key=cmp_to_key(lambda a, b: b - a)))


@singledispatch
def describe(value):
    return "something"


@describe.register(int)
def _(value):
    return f"int {value}"


@describe.register(list)
def _(value):
    return f"list of {len(value)}"


print(describe(3), describe([1, 2]), describe("x"), describe(True))
for call in (lambda: reduce(max, []), lambda: partial(), lambda: partial(3), lambda: lru_cache(maxsize="x")):
    try:
        call()
    except TypeError as error:
        print(error)
print(functools.partial(print, 1, sep="-"))
