def f(*a, **k): return a, k
print(f(*[1, 2], 3, *(4,), x=1, **{"y": 2}, **{"z": 3}))
print([*range(3), *"ab"], (*[1], 2), {*[1, 2], *[2, 3]}, {**{"a": 1}, **{"a": 2, "b": 3}})
a, *b, c = range(5)
*d, e = "xyz"
print(a, b, c, d, e)
for x, *y in [(1, 2, 3), "ab"]:
    print(x, y)
[first, [second, *third]] = [1, [2, 3, 4]]
print(first, second, third)
print(*[], *[1], sep="|")
def g(a, b=2, *args, c=3, **kw): return a, b, args, c, kw
args, kw = (1, 2, 3, 4), {"c": 5, "d": 6}
print(g(*args, **kw), g(*args[:1]), g(*"ab", c=1))
print(max(*[1, 5, 3]), print(*"abc"))
def ret(): return *range(2), 9
print(ret())
x = *[1, 2],
print(x)
