def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def add(a, b=1, *, c=2):
    return a + b + c


def make(k):
    def inner(x):
        return x + k
    return inner


def work():
    total = fib(24)
    plus = make(3)
    for i in range(150_000):
        total = add(total, i) - add(i, c=i)
        total = plus(total)
    return total


print(work())
