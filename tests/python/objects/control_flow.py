def f(n):
    try:
        if n == 0:
            return "return"
        if n == 1:
            raise ValueError("one")
        if n == 2:
            raise KeyError("two")
        for i in range(3):
            if n == 3 and i == 1:
                break
        else:
            return "for-else"
        return "broke"
    except ValueError as e:
        return f"caught {e}"
    else:
        return "never"
    finally:
        print("finally", n, end="; ")


for n in range(5):
    try:
        print(f(n))
    except KeyError as e:
        print("escaped", e)


def overriding():
    try:
        return 1
    finally:
        return 2


def swallowing():
    try:
        raise ValueError
    finally:
        return "swallowed"


def loop_finally():
    out = []
    for i in range(3):
        try:
            if i == 1:
                continue
            out.append(i)
        finally:
            out.append("f")
    return out


print(overriding(), swallowing(), loop_finally())
i = 0
while True:
    i += 1
    if i % 2:
        continue
    if i > 6:
        break
else:
    print("no")
print(i)
while i:
    i -= 3
    if i < 0:
        break
else:
    print("while-else")
for a, (b, c) in [(1, (2, 3)), (4, (5, 6))]:
    print(a + b + c, end=" ")
print()


def match_it(v):
    match v:
        case 0 | 1:
            return "small"
        case int(x) if x > 100:
            return f"big {x}"
        case int():
            return "int"
        case "hello":
            return "greeting"
        case str() as s:
            return f"str {s}"
        case []:
            return "empty"
        case [x]:
            return f"one {x}"
        case [x, *rest]:
            return f"many {x} {rest}"
        case {"type": "a", "v": v, **rest}:
            return f"mapping {v} {rest}"
        case {}:
            return "dict"
        case Point(x=0, y=y):
            return f"on y {y}"
        case Point(x, y):
            return f"point {x} {y}"
        case None:
            return "none"
        case True:
            return "never"
        case float() | bytes() if False:
            return "never"
        case _:
            return "other"


class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


for v in (0, 1, 5, 500, "hello", "x", [], [1], [1, 2, 3], (1, 2), {"type": "a", "v": 1, "z": 2}, {"q": 1}, Point(0, 5), Point(1, 2), None, 2.5, True):
    print(match_it(v), end="; ")
print()
print("yes" if [] else "no", 1 and 2, 0 or "x", not "", None or 0 or [], 1 and 0 and 2, (1 if 0 else 2) if 1 else 3)
x = y = z = 5
x, y = y + 1, x
print(x, y, z)
for i in range(3): pass
print(i)
for i in []: pass
else: print("empty else", i)
try:
    pass
except Exception:
    pass
else:
    print("else runs")
finally:
    print("finally runs")
try:
    try:
        raise ValueError("inner")
    except ValueError:
        raise TypeError("outer")
    finally:
        print("cleanup")
except TypeError as e:
    print(e, "|", repr(e.__context__))
assert True, "fine"
def gen():
    try:
        yield 1
        yield 2
    finally:
        print("gen finally")
for v in gen():
    print(v)
    break
print("after break")
with_result = [print(q, end=" ") for q in "ab"]
print(with_result)
