import functools


class OnlyEq:
    def __init__(self, v):
        self.v = v

    def __eq__(self, other):
        print("eq", self.v)
        return self.v == getattr(other, "v", other)


a = OnlyEq(1)
print(a == 1, a != 1, 1 == a, a == OnlyEq(2), a != OnlyEq(2))
try:
    hash(a)
except TypeError as e:
    print(e)
try:
    {a: 1}
except TypeError as e:
    print(e)
try:
    {a}
except TypeError as e:
    print(e)
print(a in [5, 1], [a] == [1])


class Default:
    pass


d, e = Default(), Default()
print(d == d, d == e, d != e, d is d, len({d, e, d}))
for f in (lambda: d < e, lambda: d <= 1, lambda: 1 > d, lambda: [d] < [e], lambda: "a" < 1, lambda: None < 1,
          lambda: [1] < (1,), lambda: {} < {}, lambda: max(d, e), lambda: sorted([1, "a"]), lambda: min([None, 3])):
    try:
        print(f())
    except TypeError as err:
        print(err)


class Lt:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return self.v < o.v
    def __repr__(self): return f"Lt({self.v})"


items = [Lt(3), Lt(1), Lt(2)]
print(sorted(items), min(items), max(items), sorted(items, reverse=True))
print(Lt(1) > Lt(0))
try:
    Lt(1) >= Lt(0)
except TypeError as err:
    print(err)


class Weird:
    def __eq__(self, o): return "equal?"
    def __lt__(self, o): return []
    def __gt__(self, o): return NotImplemented
    def __ne__(self, o): return NotImplemented
    __hash__ = object.__hash__


w = Weird()
print(w == 1, w < 1, w != w, w != 1)
try:
    w > 1
except TypeError as err:
    print(err)
print(1 < 2 < 3, 1 < 3 < 2, 1 == 1.0 == True, not (w == 2))


@functools.total_ordering
class Version:
    def __init__(self, *n): self.n = n
    def __eq__(self, o): return self.n == o.n
    def __lt__(self, o): return self.n < o.n


print(Version(1, 2) >= Version(1, 1), Version(1) <= Version(0), Version(2) > Version(1))


class Hashed:
    def __init__(self, k): self.k = k
    def __hash__(self): return hash(self.k) % 2
    def __eq__(self, o): return isinstance(o, Hashed) and self.k == o.k
    def __repr__(self): return f"H{self.k}"


table = {Hashed(i): i for i in range(6)}
print(table, table[Hashed(4)], Hashed(9) in table)
del table[Hashed(3)]
print(table, len(set(table)))


class BadHash:
    def __hash__(self): return "x"


try:
    hash(BadHash())
except TypeError as err:
    print(err)


class NoHash:
    __hash__ = None


try:
    hash(NoHash())
except TypeError as err:
    print(err)


class Child(OnlyEq):
    def __hash__(self): return 5


print(hash(Child(1)))
print((1, 2) < (1, 3), [1, 2] < [1, 2, 0], "abc" < "abd", (1, "a") == (1, "a"), {1, 2} < {1, 2, 3}, {1} <= {1})
print(float("nan") == float("nan"))
n = float("nan")
print(n in [n], [n] == [n], (n,) == (n,))
