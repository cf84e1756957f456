def numbers(n):
    for i in range(n):
        yield i


def pairs(n):
    for i in numbers(n):
        yield i, i + 1


def tree(depth):
    if depth:
        yield from tree(depth - 1)
        yield depth
        yield from tree(depth - 1)


class Down:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n


def work(n):
    total = 0
    for a, b in pairs(n):
        total += a * b % 7
    total += sum(x * 2 for x in numbers(n) if x % 3)
    total += sum(tree(13))
    for x in Down(n // 2):
        total += x
    total += sum(map(lambda x: x + 1, filter(lambda x: x % 2, range(n))))
    return total


print(work(200_000))
