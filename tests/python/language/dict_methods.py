d = {"a": 1, "b": 2}
print(d["a"], d.get("z"), d.get("z", 0), d.setdefault("c", 3), d, len(d), "a" in d)
print(list(d), list(d.values()), list(d.items()), d.pop("a"), d.pop("zz", None), d.popitem())
d.update(x=1, y=2); d.update([("z", 3)]); print(d)
print({**d, "x": 9}, d | {"new": 1}, dict(zip("ab", [1, 2])), dict.fromkeys("ab", 0), {k: v for k, v in d.items() if v > 1})
for k, v in sorted(d.items(), reverse=True):
    print(k, v, end=";")
print()
del d["x"]; print(d, d == {"z": 3, "y": 2, "b": 2}, {} == dict())
try:
    d["missing"]
except KeyError as e:
    print("KeyError", e, e.args)
try:
    {[]: 1}
except TypeError as e:
    print(e)
nested = {"a": {"b": [1, 2, {"c": 3}]}}
print(nested["a"]["b"][2]["c"])
nested["a"]["b"].append("x"); print(nested)
ks = d.keys(); d["later"] = 1; print(list(ks), ks & {"y", "q"}, d.items() >= {("y", 2)}.__class__([("y", 2)]))
groups = {}
for w in ["apple", "ant", "bee"]:
    groups.setdefault(w[0], []).append(w)
print(groups, max(groups, key=lambda k: len(groups[k])), list(reversed(groups)))
d = {1: "int", 1.0: "float", True: "bool"}; print(d)
print({(1, 2): "t", frozenset([1]): "f", None: 0}[(1, 2)])
