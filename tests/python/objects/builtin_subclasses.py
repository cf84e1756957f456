class Stack(list):
    def push(self, x):
        self.append(x)

    def peek(self):
        return self[-1]

    def __repr__(self):
        return f"Stack({list(self)!r})"


s = Stack([1, 2])
s.push(3)
print(s, s.peek(), len(s), s.pop(), s, s == [1, 2], isinstance(s, list), type(s).__name__)
print(s + [9], type(s + [9]).__name__, [0] + s, s * 2, s[::-1], sorted(s, reverse=True), sum(s), 2 in s)
s += [5, 6]
print(s, type(s).__name__, s.index(5), list(reversed(s)), max(s))
s[0] = "first"
del s[1]
print(s, bool(Stack()), str(Stack()), [*s], s.copy() == s)
for i, x in enumerate(s):
    print(i, x)


class Defaults(dict):
    def __init__(self, *args, default=None, **kw):
        super().__init__(*args, **kw)
        self.default = default

    def __missing__(self, key):
        self[key] = self.default
        return self.default


d = Defaults({"a": 1}, default=0, b=2)
d["c"] += 5
print(d, d["zz"], d.get("nope"), len(d), sorted(d), d.default, isinstance(d, dict), "a" in d)
print({**d}, dict(d), list(d.items()), d == {"a": 1, "b": 2, "c": 5, "zz": 0})


class Loud(dict):
    def __setitem__(self, k, v):
        print("setting", k)
        super().__setitem__(k, v * 2)

    def __getitem__(self, k):
        return ("got", super().__getitem__(k))

    def __delitem__(self, k):
        print("deleting", k)
        super().__delitem__(k)

    def __contains__(self, k):
        return True

    def update(self, other):
        for k, v in other.items():
            self[k] = v


l = Loud()
l["a"] = 1
l.update({"b": 2})
print(l["a"], l, "zz" in l, l.get("a"), l.setdefault("c", 7), l)
del l["a"]
print(l)


class Meters(float):
    def __new__(cls, v):
        return super().__new__(cls, v)

    def __add__(self, o):
        return Meters(float(self) + float(o))

    def __repr__(self):
        return f"Meters({float(self)})"


m = Meters(1.5)
print(m + 2, m * 2, m > 1, isinstance(m, float), f"{m:.2f}", round(m), m == 1.5, hash(m) == hash(1.5), -m, abs(m))


class Even(int):
    def __new__(cls, v):
        if v % 2:
            raise ValueError("odd")
        return int.__new__(cls, v)

    def half(self):
        return self // 2


e = Even(10)
print(e, e + 1, e.half(), type(e + 1), [0] * Even(2), range(Even(4)), {10: "x"}[e], e == 10, int(e), f"{e:05d}", repr(e))
try:
    Even(3)
except ValueError as err:
    print(err)


class Name(str):
    def shout(self):
        return self.upper() + "!"

    @property
    def first(self):
        return self[0]


n = Name("bob")
print(n, n.shout(), n.first, n + "x", type(n + "x").__name__, n == "bob", {"bob": 1}[n], len(n), f"{n:>5}", repr(n), n.replace("b", "c"))
print("-".join([n, "y"]), "b" in n, n.startswith("b"), n.split("o"), isinstance(n, str), "%s" % n, n * 2, n[::-1])


class Pair(tuple):
    def __new__(cls, a, b):
        return super().__new__(cls, (a, b))

    @property
    def left(self):
        return self[0]


p = Pair(1, 2)
a, b = p
print(p, p.left, len(p), a, b, p == (1, 2), p + (3,), hash(p) == hash((1, 2)), list(p), isinstance(p, tuple))


class Tags(set):
    def add(self, x):
        super().add(x.lower())


t = Tags(["A"])
t.add("B")
print(sorted(t), len(t), "b" in t, t | {"z"} == {"A", "b", "z"})
print(Tags(), Stack(), Defaults())
