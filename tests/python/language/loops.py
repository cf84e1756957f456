for i in range(5):
    if i == 3:
        break
else:
    print("never")
print(i)
for i in []:
    pass
else:
    print("else after empty")
n = 0
while n < 3:
    n += 1
    if n == 2:
        continue
    print("n", n)
else:
    print("while else")
for i, (a, b) in enumerate(zip("ab", [1, 2]), start=1):
    print(i, a, b)
for x in {"k": 1, "l": 2}:
    print(x)
for i in range(10, 0, -3):
    print(i, end=" ")
print()
for i in reversed(range(3)):
    for j in range(3):
        if j == 1:
            break
        print(i, j)
items = [1, 2, 3]
for item in items:
    if item == 1:
        items.append(4)
print(items)
it = iter([1, 2, 3, 4])
for a in it:
    print(a, next(it))


class Range:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return iter(range(self.n))


class Old:
    def __getitem__(self, i):
        if i > 2:
            raise IndexError
        return i * 10


print(list(Range(3)), list(Old()), 20 in Old())
d = {1: "a"}
try:
    for k in d:
        d[k + 1] = "x"
except RuntimeError as e:
    print(e)
while True:
    n -= 1
    if not n:
        break
print(n)
for target in [[1, 2], [3, 4]]:
    first, second = target
    print(first + second)
obj = type("O", (), {})()
for obj.attr in range(2):
    print(obj.attr)
arr = [0, 0]
for arr[1] in (5, 6):
    print(arr)
