def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, "|", e)


class A:
    def __init__(self, a, b=1, *, c):
        pass

    def m(self, x):
        return x

    @staticmethod
    def s(x):
        return x

    @classmethod
    def k(cls, x):
        return x


class Plain:
    pass


class OnlyNew:
    def __new__(cls, a):
        return super().__new__(cls)


class BadInit:
    def __init__(self):
        return 5


attempt(lambda: A())
attempt(lambda: A(1))
attempt(lambda: A(1, 2, 3))
attempt(lambda: A(1, c=2, d=3))
attempt(lambda: A(1, a=1, c=2))
attempt(lambda: A(1, c=2).m())
attempt(lambda: A(1, c=2).m(1, 2))
attempt(lambda: A(1, c=2).m(y=1))
attempt(lambda: A.m(1))
attempt(lambda: A.s())
attempt(lambda: A.k())
attempt(lambda: A.k(1, 2))
attempt(lambda: Plain(1))
attempt(lambda: Plain(x=1))
attempt(lambda: OnlyNew())
attempt(lambda: OnlyNew(1).__class__.__name__)
attempt(lambda: BadInit())
attempt(lambda: Plain().x)
attempt(lambda: Plain.x)
attempt(lambda: Plain()())
attempt(lambda: Plain()[0])
attempt(lambda: Plain() + 1)
attempt(lambda: 1 + Plain())
attempt(lambda: Plain() < Plain())
attempt(lambda: len(Plain()))
attempt(lambda: iter(Plain()))
attempt(lambda: next(Plain()))
attempt(lambda: -Plain())
attempt(lambda: 1 in Plain())
attempt(lambda: int(Plain()))
attempt(lambda: float(Plain()))
attempt(lambda: [1, 2][Plain()])
attempt(lambda: range(Plain()))
attempt(lambda: "%d" % Plain())
attempt(lambda: f"{Plain():>10}")
attempt(lambda: type("X", (int, str), {}))
attempt(lambda: type("X", (bool,), {}))
attempt(lambda: type("X", (Plain, object, Plain), {}))
attempt(lambda: type("X", (object, Plain), {}))
attempt(lambda: isinstance(1, 1))
attempt(lambda: issubclass(1, int))
attempt(lambda: issubclass(Plain, 1))
attempt(lambda: getattr(Plain(), 1))
attempt(lambda: setattr(1, "x", 2))
attempt(lambda: setattr(int, "x", 2))
attempt(lambda: delattr(Plain(), "q"))
attempt(lambda: object.__new__(1))
attempt(lambda: object(1))
attempt(lambda: Plain.__init__(Plain(), 1))
attempt(lambda: super(int, "x"))


def setit():
    Plain().m.q = 1


class Slotted:
    __slots__ = ("a",)


def slot():
    s = Slotted()
    s.a = 1
    s.b = 2


attempt(setit)
attempt(slot)
attempt(lambda: Slotted().a)
attempt(lambda: Slotted().__dict__)
attempt(lambda: vars(Slotted()))
attempt(lambda: vars(1))
attempt(lambda: hash([]))
attempt(lambda: {[]: 1})
attempt(lambda: {{}})
attempt(lambda: {Plain(): 1} and "fine")
