a, b = 1, 2
a, b = b, a
print(a, b)
first, *rest = [1, 2, 3]
*init, last = "abc"
head, *middle, tail = range(5)
print(first, rest, init, last, head, middle, tail)
(x, (y, z)), w = (1, (2, 3)), 4
print(x, y, z, w)
[p, q] = {"k": 1, "j": 2}
print(p, q)
i = 0
values = [0] * 3
i, values[i] = 1, "set"
print(i, values)
m = n = []
m.append(1)
print(n, m is n)
for k, (u, v) in {"a": (1, 2)}.items():
    print(k, u, v)
for first, *others in [(1, 2, 3), (4,)]:
    print(first, others)


def attempt(f):
    try:
        f()
    except Exception as e:
        print(type(e).__name__ + ":", e)


def too_many():
    a, b = 1, 2, 3


def too_few():
    a, b, c = 1, 2


def star_few():
    a, b, *c = [1]


def not_iterable():
    a, b = 5


attempt(too_many)
attempt(too_few)
attempt(star_few)
attempt(not_iterable)
if (n := len("hello")) > 3:
    print("long", n)
while (n := n - 1) > 2:
    print("n", n)
print((lambda v: (t := v * 2) + t)(3))
data = [1, 2, 3, 4, 5]
data[1:3] = ["x"]
print(data)
data[::2] = [0, 0]
print(data)
del data[0], data[-1]
print(data)
print(1 < 2 < 3, 1 < 2 > 1, 3 > 2 > 2, 1 == 1 != 2, "a" in "abc" in ["abc"])


def noisy(v):
    print("noisy", v)
    return v


print(noisy(1) < noisy(0) < noisy(5))
print(noisy(0) and noisy(1), noisy(0) or noisy(2), not noisy(0))
print(0 or [] or "x", 1 and "" and 2, None or 0)
print("yes" if [] else "no")
x: int = 5
y: "undefined_type"
print(x)
del x
try:
    x
except NameError as e:
    print(e)
s = 10
s += 5; s -= 3; s *= 2; s //= 5; s **= 3; s %= 50; s <<= 2; s |= 1; s &= 0xFF; s ^= 3; s >>= 1
print(s)
l = [1]
l2 = l
l += (2,)
l *= 2
print(l2)
t = (1,)
t2 = t
t += (2,)
print(t, t2)
d = {"a": 1}
d |= {"b": 2}
print(d)
d["a"] += 10
print(d)


class Obj:
    v = 1


o = Obj()
o.v += 1
print(o.v, Obj.v)
print(*[1, 2], sep="-", end="!\n")
print(a := 3, a)
