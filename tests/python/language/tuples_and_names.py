t = 1, 2
a, = (5,)
print(t, a, (), (1,), t + (3,), t * 2, t[0], len(t), 1 in t, t == (1, 2), t < (1, 3))
print(tuple("ab"), tuple([1]), t.index(2), t.count(1), hash((1, 2)) == hash((1, 2)))
try:
    t[0] = 5
except TypeError as e:
    print(e)
def many():
    return 1, 2, [3]
x, y, z = many()
print(x, y, z, many())
(a, b), c = (1, 2), 3
print(a, b, c)
*a, b = 1, 2, 3
print(a, b)
print(*t, *[3], sep=",")
print(((1, 2), [3, (4,)]), ((),), (None,))
i = j = 0
i, j = j + 1, i
print(i, j)
