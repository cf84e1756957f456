x = list(range(10))
print(x[2:5], x[:3], x[7:], x[::-1], x[::3], x[-3:], x[5:2], x[1:-1:2])
s = "hello world"
print(s[0], s[-1], s[2:5], s[::-1], s[:100], (1, 2, 3)[1:], b"abc"[1:])
x[2:5] = [0]
print(x)
x[::2] = [9] * len(x[::2])
print(x)
del x[1:3]
print(x)
try:
    x[::2] = [1]
except ValueError as e:
    print(e)
for bad in (lambda: x["a"], lambda: x[100], lambda: s[99], lambda: (1,)[5], lambda: x[1.5]):
    try:
        bad()
    except (TypeError, IndexError) as e:
        print(type(e).__name__, e)


class Show:
    def __getitem__(self, key):
        return key


print(Show()[1:2], Show()[::3], Show()[1, 2], Show()[1:2, ::3], Show()[...], Show()["k"])
