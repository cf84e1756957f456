class Manager:
    def __init__(self, name, suppress=False, fail_enter=False):
        self.name = name
        self.suppress = suppress
        self.fail_enter = fail_enter

    def __enter__(self):
        print("enter", self.name)
        if self.fail_enter:
            raise RuntimeError("enter failed")
        return self.name.upper()

    def __exit__(self, exc_type, exc, tb):
        print("exit", self.name, exc_type.__name__ if exc_type else None, exc)
        return self.suppress


with Manager("a") as a:
    print("body", a)

with Manager("x") as x, Manager("y") as y:
    print(x, y)

with (
    Manager("p") as p,
    Manager("q"),
):
    print(p)

with Manager("s", suppress=True):
    raise ValueError("suppressed")
print("went on")

try:
    with Manager("outer"):
        with Manager("inner"):
            raise KeyError("k")
except KeyError as e:
    print("caught", e)

try:
    with Manager("one"), Manager("two", fail_enter=True):
        print("never")
except RuntimeError as e:
    print(e)


def returning():
    with Manager("r"):
        return "returned"


print(returning())


def looping():
    for i in range(3):
        with Manager(i if False else f"loop{i}"):
            if i == 0:
                continue
            if i == 1:
                break
    return i


print(looping())

try:
    with 5:
        pass
except TypeError as e:
    print("TypeError:", e)


class NoExit:
    def __enter__(self):
        return self


try:
    with NoExit():
        pass
except TypeError as e:
    print("TypeError:", e)


class Target:
    pass


t = Target()
data = {}
with Manager("attr") as t.name, Manager("item") as data["k"]:
    print(t.name, data)


class Pair:
    def __enter__(self):
        return 1, (2, 3)

    def __exit__(self, *args):
        return None


with Pair() as (one, (two, three)):
    print(one, two, three)


class Replacing:
    def __enter__(self):
        return self

    def __exit__(self, t, e, tb):
        if e:
            raise ValueError("from exit") from e


try:
    with Replacing():
        raise KeyError("body")
except ValueError as e:
    print(e, repr(e.__cause__))
