def t(x):
    print("t", x, end=" ")
    return x


print(t(1) and t(0) and t(2))
print(t(0) or t("") or t("x"))
print(not t([]), t(None) is None)
print((t(1) or t(2)) and t(3))
print(True + True, True == 1, True is 1 if False else "ok", bool("False"), bool(0.0))
print([] or {} or "last", 1 and 2 and 3)
a = None
b = a or "default"
print(b, a if a else "no a")
print(all([]), any([]), all([1, "a"]), any([0, None, ""]))


class Falsy:
    def __bool__(self):
        return False


class Empty:
    def __len__(self):
        return 0


print(bool(Falsy()), bool(Empty()), Falsy() or "falsy", not Empty())
if not Falsy() and not Empty():
    print("both false")
x = 3
print("big" if x > 5 else "medium" if x > 2 else "small")
