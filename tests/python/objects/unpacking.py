a, b = 1, 2; a, b = b, a; print(a, b); (a, b), [c, d] = (1, 2), [3, 4]; print(a, b, c, d); a, *b = "xyz"; print(a, b); *a, b = (1,); print(a, b)
a, (b, *c), d = 1, (2, 3, 4), 5; print(a, b, c, d); [a, b] = {1: 2, 3: 4}; print(a, b); a = b = c = []; a.append(1); print(c); x, = [5]; print(x)
for i, (k, v) in enumerate({"a": 1, "b": 2}.items()): print(i, k, v)
def f(*args, **kw): return args, kw
print(f(*[1, 2], *(3,), **{"a": 1}, **{"b": 2}), [*"ab", *[1]], {**{"a": 1}, "a": 2}, (*range(2), 9), {*"a", "b"} == {"a", "b"})
d = {}; d["k"], e = 1, 2; print(d, e); l = [0, 0]; l[0], l[1] = l[1] + 1, l[0] + 2; print(l); i = 0; i, l[i] = 1, 9; print(i, l)
class O: pass
o = O(); o.x, o.y = 1, 2; print(o.x, o.y); first, *_, last = range(10); print(first, last, len(_)); head, *tail = [1]; print(head, tail)
print([x + y for x, y in [(1, 2), (3, 4)]], {k: v for k, v in zip("ab", [1, 2])}, [a for a, *b in ["xy", "z"]], sum(x * y for x, y in zip([1, 2], [3, 4])))
def g():
    yield 1; yield 2
a, b = g(); print(a, b); (a), b = 1, 2; print(a, b); a, b, *c = 1, 2; print(c); print(*g(), sep="+"); x = *g(), 3; print(x)
