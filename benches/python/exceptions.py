class Odd(Exception):
    def __init__(self, n):
        super().__init__(f"odd {n}")
        self.n = n


def check(n):
    if n % 2:
        raise Odd(n)
    return n


def work(n):
    total = 0
    for i in range(n):
        try:
            total += check(i)
        except Odd as e:
            total -= e.n
        finally:
            total += 1
    table = {}
    for i in range(n):
        try:
            table[i % 10] += 1
        except KeyError:
            table[i % 10] = 0
    for i in range(n):
        try:
            int("x" if i % 3 else "5")
        except ValueError:
            total += 1
    return total, table[3]


print(work(150_000))
