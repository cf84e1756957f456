print([x * x for x in range(5)])
print({x % 3 for x in range(10)})
print({k: v for k, v in zip("abc", range(3))})
print([x for x in range(20) if x % 2 if x % 3])
print([(x, y) for x in range(3) for y in range(x)])
print([[y for y in range(x)] for x in range(4)])
x = "outer"
print([x for x in range(3)], x)
print([y := 5, y ** 2], y)
print([last := n for n in range(4)], last)
total = 0
print([total := total + n for n in range(5)], total)
matrix = [[1, 2, 3], [4, 5, 6]]
print([[row[i] for row in matrix] for i in range(3)])
print([a + b for a, b in [(1, 2), (3, 4)]])
print([a for a, *_ in [(1, 2, 3), (4, 5)]])
print({**{"a": 1}, "b": 2}, [*range(3), *"ab"], {*[1, 2], 3}, (*"xy", 0))
fs = [lambda: i for i in range(3)]
print([f() for f in fs])


def scope():
    n = 3
    return [i * n for i in range(n)], {i: n for i in range(2)}, list(i + n for i in range(2))


print(scope())


class C:
    items = [1, 2, 3]
    doubled = [i * 2 for i in items]
    table = {i: str(i) for i in items}


print(C.doubled, C.table)
print(any(n > 3 for n in range(5)), all(n > 3 for n in range(5)))
print(sorted((c, i) for i, c in enumerate("hello")))
g = (n for n in range(3))
print(next(g), list(g), list(g))
print([n for n in [1, 2, 3] if (m := n * 2) > 2], m)
print([f"{k}={v!r}" for k, v in {"a": 1, "b": "x"}.items()])
print(dict([(1, 2)]), [*{}.items()], len([None for _ in range(100)]))
print([x if x % 2 else -x for x in range(5)])
try:
    [1 / n for n in (1, 0)]
except ZeroDivisionError as e:
    print(e)
try:
    print([undefined for _ in range(1)])
except NameError as e:
    print(e)
print([[(i, j) for j in "ab"] for i in range(2)])
