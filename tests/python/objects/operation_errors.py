def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, "|", e)


l, t, s, d, st, n, b = [1, 2, 3], (1, 2), "abc", {"a": 1}, {1}, None, b"ab"
attempt(lambda: 1 / 0)
attempt(lambda: 1 // 0)
attempt(lambda: 1 % 0)
attempt(lambda: 1.0 / 0)
attempt(lambda: 1.0 // 0)
attempt(lambda: 1.0 % 0)
attempt(lambda: divmod(1.0, 0))
attempt(lambda: 0 ** -1)
attempt(lambda: 0.0 ** -1)
attempt(lambda: 2.0 ** 10000)
attempt(lambda: 1 << -1)
attempt(lambda: 10 ** 400 * 1.0)
attempt(lambda: int("9" * 5000))
attempt(lambda: str(10 ** 5000))
attempt(lambda: int(float("inf")))
attempt(lambda: int(float("nan")))
attempt(lambda: round(float("nan")))
attempt(lambda: 1 + "a")
attempt(lambda: "a" + 1)
attempt(lambda: [1] + (1,))
attempt(lambda: (1,) + [1])
attempt(lambda: b + s)
attempt(lambda: s + b)
attempt(lambda: n + 1)
attempt(lambda: d + d)
attempt(lambda: st + st)
attempt(lambda: "a" * 1.5)
attempt(lambda: "a" * "b")
attempt(lambda: [1] * [1])
attempt(lambda: "a" - "b")
attempt(lambda: -"a")
attempt(lambda: ~1.5)
attempt(lambda: +[])
attempt(lambda: 1 @ 2)
attempt(lambda: 1 & 1.5)
attempt(lambda: {1} | [1])
attempt(lambda: {} | [])
attempt(lambda: l[5])
attempt(lambda: l[-4])
attempt(lambda: l["a"])
attempt(lambda: l[1.0])
attempt(lambda: l[None])
attempt(lambda: t[5])
attempt(lambda: t["a"])
attempt(lambda: s[5])
attempt(lambda: s["a"])
attempt(lambda: b[5])
attempt(lambda: d["zz"])
attempt(lambda: d[[]])
attempt(lambda: d[1, 2])
attempt(lambda: st[0])
attempt(lambda: n[0])
attempt(lambda: (5)[0])
attempt(lambda: range(3)[5])
attempt(lambda: l[::0])
attempt(lambda: l["a":])
attempt(lambda: len[0])
attempt(lambda: l.foo)
attempt(lambda: s.push)
attempt(lambda: n.x)
attempt(lambda: d.a)
attempt(lambda: (1).real.foo)
attempt(lambda: int.foo)
attempt(lambda: len.foo)
attempt(lambda: "a" in 5)
attempt(lambda: 5 in "abc")
attempt(lambda: [] in {})
attempt(lambda: [] in {1})
attempt(lambda: 1 < "a")
attempt(lambda: [1] < [None])
attempt(lambda: n > n)
attempt(lambda: {} > {})
attempt(lambda: 3 > [])
attempt(lambda: undefined_name)
attempt(lambda: [x for x in 5])
attempt(lambda: {**5})
attempt(lambda: [*5])
attempt(lambda: dict(a=1, **{"a": 2}))


def store(f):
    try:
        f()
        print("stored")
    except Exception as e:
        print(type(e).__name__, "|", e)


def s1(): l[10] = 1
def s2(): t[0] = 1
def s3(): s[0] = "x"
def s4(): n.x = 1
def s5(): l["a"] = 1
def s6(): d[[]] = 1
def s7(): (5).x = 1
def s8(): l[0:2] = 5
def s9(): l[::2] = [1, 2, 3]
def s10(): del l[9]
def s11(): del t[0]
def s12(): del d["zz"]
def s13(): del s.x
def s14(): st[0] = 1
def s15(): del n[0]
def s16(): b[0] = 1
def s17(): "abc".upper = 5
def s18(): int.x = 5
def u1(): a, b = 1
def u2(): a, b = [1]
def u3(): a, b = 1, 2, 3
def u4(): a, *b, c = [1]
def u5(): a, b = {"x": 1, "y": 2, "z": 3}
def u6(): a, b = "abc"
def u7(): (a, b), c = (1, 2), 3; print(a, b, c)
def u8(): a, b = (i for i in range(5))
def u9(): a, b = None
def u10(): [a, b, c] = range(2)
def v1():
    print(x1)
    x1 = 1
def v2():
    del y1
    y1 = 1
def v3():
    def inner():
        return z1
    r = inner()
    z1 = 1
    return r
def v4():
    for q in []:
        pass
    return q
def v5():
    try:
        raise ValueError
    except ValueError as e:
        pass
    return e
def v6():
    c = 1
    del c
    return c


for f in (s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15, s16, s17, s18,
          u1, u2, u3, u4, u5, u6, u7, u8, u9, u10, v1, v2, v3, v4, v5, v6):
    store(f)


def deep(n):
    return deep(n + 1)


try:
    deep(0)
except RecursionError as e:
    print(type(e).__name__, "|", e)
