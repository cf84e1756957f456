class Deck:
    def __init__(self):
        self.cards = [f"c{i}" for i in range(5)]

    def __len__(self):
        return len(self.cards)

    def __getitem__(self, i):
        return self.cards[i]


d = Deck()
print(len(d), d[0], d[-1], d[1:3], list(d), "c2" in d, "x" in d, list(reversed(d)), [c for c in d], bool(d))
print(list(zip(d, range(2))), list(enumerate(d))[:2], sorted(d, reverse=True)[0], max(d))
a, *rest = d
print(a, rest)


class Sparse:
    def __init__(self):
        self.data = {}

    def __getitem__(self, k):
        print("get", k)
        return self.data[k]

    def __setitem__(self, k, v):
        print("set", k, v)
        self.data[k] = v

    def __delitem__(self, k):
        print("del", k)
        del self.data[k]

    def __contains__(self, k):
        print("contains", k)
        return k in self.data


s = Sparse()
s["a"] = 1
s[1, 2] = 3
s[1:2] = 4
s[::2, 3] = 5
print(s["a"], s[1, 2], "a" in s, 5 not in s)
s["a"] += 10
print(s.data["a"])
del s["a"]
try:
    s["a"]
except KeyError as e:
    print(repr(e), e)


class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n + 1


print(list(Countdown(3)), sum(Countdown(4)), [x * x for x in Countdown(3)], tuple(Countdown(2)), max(Countdown(5)))
c = Countdown(2)
print(next(c), next(c), next(c, "done"))
try:
    next(c)
except StopIteration as e:
    print("stop", e.value)
x, y = Countdown(2)
print(x, y)
try:
    x, y = Countdown(3)
except ValueError as e:
    print(e)
try:
    x, y, z, w = Countdown(3)
except ValueError as e:
    print(e)
print(3 in Countdown(5), 9 in Countdown(5))


class GenIter:
    def __iter__(self):
        yield 1
        yield from [2, 3]


print(list(GenIter()), [*GenIter(), 4], {*GenIter()}, (lambda *a: a)(*GenIter()))


class Mapping:
    def keys(self):
        return ["a", "b"]

    def __getitem__(self, k):
        return k.upper()


print(dict(Mapping()), {**Mapping()}, (lambda **k: k)(**Mapping()))


class BadIter:
    def __iter__(self):
        return 5


try:
    list(BadIter())
except TypeError as e:
    print(e)


class BadLen:
    def __init__(self, n): self.n = n
    def __len__(self): return self.n


for n in (-1, 1.5, "x", 2 ** 70):
    try:
        print(len(BadLen(n)))
    except (ValueError, TypeError, OverflowError) as e:
        print(type(e).__name__, e)
try:
    bool(BadLen(-1))
except ValueError as e:
    print(e)


class BadBool:
    def __bool__(self): return 1


try:
    bool(BadBool())
except TypeError as e:
    print(e)


class Call:
    def __call__(self, *args, **kw):
        return args, kw


call = Call()
print(call(1, 2, k=3), list(map(call, [1])), callable(call))
print(iter(Countdown(1)).__class__.__name__, list(iter(lambda it=iter([1, 2, 0, 3]): next(it), 0)))


class Rev:
    def __reversed__(self):
        return iter("reversed")


print("".join(reversed(Rev())))
try:
    reversed(5)
except TypeError as e:
    print(e)


class ClassGet:
    def __class_getitem__(cls, item):
        return f"{cls.__name__}[{item}]"


print(ClassGet[5])
try:
    Call[1]
except TypeError as e:
    print(e)
