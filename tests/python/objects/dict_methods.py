d = {"a": 1, "b": 2}
print(d, d["a"], d.get("z"), d.get("z", 0), "a" in d, len(d), list(d), list(d.values()), list(d.items()))
d["c"] = 3; d["a"] = 10; print(d); del d["b"]; print(d)
print(d.pop("c"), d.pop("zz", "default"), d.setdefault("n", []), d.setdefault("a", 5), d)
d.update({"x": 1}, y=2); d.update([("z", 3)]); print(d); print(d.popitem(), d)
print({**d, "k": 1}, d | {"a": "new"}, {"a": 0} | d); d |= {"m": 1}; print(d)
print(dict(a=1, b=2), dict([("a", 1)]), dict({"a": 1}, b=2), dict(), dict.fromkeys("ab"), dict.fromkeys([1, 2], 0))
print({k: v for k, v in zip("ab", (1, 2))}, {v: k for k, v in {"a": 1}.items()}, {x: x ** 2 for x in range(3) if x})
print({1: "a", 1.0: "b", True: "c"}, {(1, 2): "t"}[1, 2], {None: 0}[None], {"a": {"b": {"c": 1}}}["a"]["b"]["c"])
print(d == dict(d), {"a": 1, "b": 2} == {"b": 2, "a": 1}, {} == {}, {1: 2} != {1: 3})
for k in d: print(k, end=" ")
print(); print(sorted(d), sorted(d.items(), key=lambda kv: str(kv[1])), max(d, key=lambda k: str(d[k])), list(reversed(d)))
k, v, i = d.keys(), d.values(), d.items()
print(k, v, i, len(k), "a" in k, 1 in v, ("m", 1) in i); d["late"] = 1; print(k, len(v))
print({"a": 1, "b": 2}.keys() & {"a", "c"}, {"a": 1}.keys() | {"b"} == {"a", "b"}, {"a": 1}.keys() - {"a"}, {"a": 1}.items() & {("a", 1)}, {"a": 1}.keys() == {"a"})
c = d.copy(); c["only"] = 1; print("only" in d); c.clear(); print(c, bool(c))
try:
    for k in d: d[k + "x"] = 1
except RuntimeError as e: print(e)
try:
    for k in {"a": 1, "b": 2}.copy(): pass
    e = {"a": 1}
    for k in e: del e[k]
except RuntimeError as e: print(e)
count = {}
for ch in "mississippi": count[ch] = count.get(ch, 0) + 1
print(count, sorted(count.items(), key=lambda x: (-x[1], x[0])))
groups = {}
for w in ["apple", "avocado", "bean"]: groups.setdefault(w[0], []).append(w)
print(groups, list(groups.items())[0]); n = {1: {2: 3}}; n[1][2] += 1; n[1].update({4: 5}); print(n)
s = {3, 1, 2}; print(s, len(s), 2 in s, sorted(s), set(), {1} | {2}, {1, 2} & {2, 3}, {1, 2} - {2}, {1, 2} ^ {2, 3})
s.add(4); s.add(4); s.discard(9); s.remove(1); print(s, s.pop() in (2, 3, 4), len(s)); t = {1, 2, 3}; t.update([4], (5,)); print(t)
t -= {1}; t |= {9}; t &= {2, 9, 3}; t ^= {2}; print(t, t.isdisjoint({1}), {1} < {1, 2}, {1, 2} <= {1, 2}, {1, 2} > {1}, {1}.issubset([1, 2]), {1, 2}.issuperset([1]))
print({1, 2}.union([3]), {1, 2}.intersection([2]), {1, 2}.difference([1]), {1}.symmetric_difference([2]), frozenset([1, 2]), frozenset([1]) | {2}, {frozenset([1]): "f"}[frozenset([1])])
t.intersection_update([3]); t.difference_update([3]); t.symmetric_difference_update([7]); print(t, t.copy() is t); t.clear(); print(t)
print({1, 1.0, True}, {x % 3 for x in range(10)}, set("hello") == {"h", "e", "l", "o"}, {1, 2} == {2, 1}, set([1, 2]) == frozenset([1, 2]))
print(d.__contains__("a"), d.__getitem__("a"), d.__len__(), {}.__eq__({}), {1: 2}.__iter__().__next__())
print(list({"x": 1}.items()), [*{"a": 1}], {**{"a": 1}, **{"b": 2}}, dict(**{"q": 1}), next(iter({"f": 1})), list(map(d.get, ["a"])))
big = {i: i * i for i in range(50)}; [big.pop(i) for i in range(0, 50, 2)]; print(len(big), list(big)[:5], sum(big.values())); big[0] = "again"; print(list(big)[-1])
print({"b": 1, "a": 2}, {"a": [1, {"z": (1,)}]}, {1: "one", "1": "str one"}, {True: "yes", False: "no"}[1 == 1])
del d["late"]; print("late" in d, d.keys().isdisjoint({"zz"}), {}.get("a"), {"a": None}.get("a", "d"), type({}.keys()).__name__)
