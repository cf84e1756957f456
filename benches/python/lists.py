def work(n):
    items = []
    for i in range(n):
        items.append((i * 7919) % 1009)
    items.sort()
    squares = [x * x for x in items if x % 2]
    total = 0
    for i in range(len(squares)):
        total += squares[i] - items[i]
    items[10:20] = []
    rows = [[r * c for c in range(60)] for r in range(60)]
    for _ in range(10):
        rows = [list(col) for col in zip(*rows)]
        for row in rows:
            row[0], row[-1] = row[-1], row[0]
    while len(items) > n // 2:
        items.pop()
    return total, len(items), sum(map(sum, rows)), max(items), sorted(squares, key=lambda x: -x)[:3]


def sieve(n):
    flags = [True] * (n + 1)
    for i in range(2, int(n ** 0.5) + 1):
        if flags[i]:
            for j in range(i * i, n + 1, i):
                flags[j] = False
    return sum(1 for i in range(2, n + 1) if flags[i])


print(work(200_000), sieve(400_000))
