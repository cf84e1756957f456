l = list(range(10))
l[2:5] = ["a"]; print(l); l[1:1] = [7, 7]; print(l); l[::3] = ["x"] * len(l[::3]); print(l); del l[::2]; print(l); l[-2:] = []; print(l, l[::-1], l[5:1], l[-100:100])
try: l[::2] = [1]
except ValueError as e: print(e)
l *= 2; l += (1, 2); l.insert(-1, "ins"); l.remove("x"); print(l, l.index(2), l.count("x"), l.pop(), l.pop(0)); l.reverse(); l.extend("ab"); print(l)
n = [3, 1, 2]; n.sort(reverse=True); print(n, sorted(n), n.copy() is n, [1, 2] < [1, 3], [1] + [2], [0] * 3, 2 in n, min(n), [] == [], [[]] * 2)
words = ["bb", "a", "CCC"]; words.sort(key=str.lower); print(words, sorted(words, key=len), sorted(words, key=lambda w: (-len(w), w)))
m = [[1, 2], [3, 4]]; print([list(r) for r in zip(*m)], [x for r in m for x in r], [[c * 2 for c in r] for r in m], [x if x > 2 else -x for r in m for x in r if x != 1])
d = {"a": 1, "b": 2}
d["c"] = 3; d |= {"d": 4}; d.update(e=5, a=10); print(d, d | {"z": 0}, d.get("q"), d.get("q", 0), d.pop("a"), d.pop("q", None), d.popitem(), d.setdefault("n", []), list(d), list(d.items()), "b" in d, len(d))
print({k: v for k, v in sorted(d.items(), key=lambda kv: str(kv[1]))}, dict(zip("ab", [1, 2])), dict([("x", 1)]), dict(a=1), {**d, "q": 1}, dict.fromkeys("ab", 0), {1: "a", 1.0: "b", True: "c"}, d.keys() & {"b"}, d.items() - {("b", 2)} if all(not isinstance(v, list) for v in d.values()) else "skip", list(reversed(d)))
for bad in (lambda: d["nope"], lambda: {}[[]], lambda: {}.popitem(), lambda: [][0], lambda: [1].remove(5), lambda: [1].index(5), lambda: [].pop(), lambda: {1, 2} + {3}, lambda: [1] + (2,), lambda: (1,) + [2], lambda: (1, 2)[5], lambda: "abc"["a"], lambda: [1, 2]["a"], lambda: {}.x, lambda: sorted([1, "a"]), lambda: dict([1]), lambda: dict([(1, 2, 3)]), lambda: [*5], lambda: {**5}, lambda: max([]), lambda: min(), lambda: set([[]]), lambda: range(1, 2, 0), lambda: next(iter([])), lambda: (lambda: 1)(2), lambda: len(5), lambda: iter(5), lambda: [1, 2, 3][1.5], lambda: sum(["a"]), lambda: zip(1), lambda: reversed(5), lambda: enumerate(5), lambda: "a" in 5, lambda: 5[0], lambda: 5(), lambda: None.x, lambda: int.foo):
    try: print(bad())
    except Exception as e: print(type(e).__name__, e)
s = {3, 1}; s.add(2); s.discard(9); s |= {5}; print(sorted(s), s & {1, 5}, sorted(s - {1}), sorted(s ^ {1, 8}), s <= {1, 2, 3, 5}, s.isdisjoint({9}), frozenset([1, 2]) == {1, 2}, sorted(s.union([7], (8,))), {1} < {1, 2}, len(s), s.issuperset({1}), {frozenset([1])}, sorted({x % 3 for x in range(9)})); s.remove(5); s.clear(); print(s, set(), {*"ab"} == {"b", "a"})
try: {1}.remove(2)
except KeyError as e: print("KeyError", e)
dd = {"x": 1}
try:
    for k in dd: dd["y"] = 2
except RuntimeError as e: print(e)
try:
    for k in (st := {1, 2}): st.add(k + 10)
except RuntimeError as e: print(e)
a, *b, c = range(6); (x, (y, *z)), w = (1, (2, 3, 4)), 5; print(a, b, c, x, y, z, w, *[1], *"ab", [*range(2), *"x"], {**{"a": 1}, **{"a": 2}}, (*[1], 2))
for i, (p, q) in enumerate([(1, 2), (3, 4)]): print(i, p, q)
first, = [1]; [g, h] = "gh"; print(first, g, h)
try: a, b = [1]
except ValueError as e: print(e)
try: a, b = 1, 2, 3
except ValueError as e: print(e)
try: a, *b, c = [1]
except ValueError as e: print(e)
v = vv = 0; v, vv = vv + 1, v + 2; print(v, vv); t = (1, [2]); 
try: t[1] += [3]
except TypeError as e: print(e, t)
print((1, 2, 3).index(2), (1, 1).count(1), (1,) * 3, (1, 2) < (1, 3), tuple("ab"), (), (1,), hash((1, 2)) == hash((1, 2)), t[0:1], (3, 1, 2)[::-1], min((2, 1)), 1 in (1, 2))
