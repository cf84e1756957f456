from collections import ChainMap, Counter, OrderedDict, defaultdict
import json

words = "the quick brown fox jumps over the lazy dog the end".split()
groups = defaultdict(list)
for word in words:
    groups[len(word)].append(word)
print(groups, dict(groups), groups.default_factory)
totals = defaultdict(int)
for word in words:
    totals[word] += 1
print(sorted(totals.items()), totals["missing"], "nothing" in totals, len(totals))
nested = defaultdict(lambda: defaultdict(int))
nested["a"]["b"] += 1
print(nested["a"]["b"], list(nested), json.dumps(nested))
try:
    defaultdict(None)["x"]
except KeyError as error:
    print("KeyError", error)
try:
    defaultdict(3)
except TypeError as error:
    print(error)
counter = Counter(words)
print(counter.most_common(1), counter["the"], counter["nope"], counter.total())
counter.update(["fox", "fox"])
counter.subtract({"the": 1})
print(counter.most_common(2), sorted(counter.elements())[:3])
a, b = Counter(a=3, b=1), Counter(a=1, b=2)
print(a + b, a - b, a & b, a | b, +Counter(x=-1, y=2), a == Counter(b=1, a=3), Counter())
del a["zzz"]
print(a, Counter("abracadabra").most_common(3), Counter({"red": 4}), list(Counter("aab").items()))
od = OrderedDict([("x", 1), ("y", 2), ("z", 3)])
od.move_to_end("x")
print(od, list(od), od.popitem(), od.popitem(last=False), od)
od["b"] = 2
od.move_to_end("b", last=False)
print(list(od.items()), OrderedDict(a=1) == {"a": 1}, OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1))
chain = ChainMap({"a": 1}, {"a": 2, "b": 3})
print(chain["a"], chain["b"], sorted(chain), chain, len(chain), chain.get("c", "-"))
child = chain.new_child({"c": 4})
print(child["c"], child.parents == chain, dict(child) == {"a": 1, "b": 3, "c": 4})
try:
    chain["zz"]
except KeyError as error:
    print("KeyError", error)
print(isinstance(groups, dict), type(groups).__name__, isinstance(counter, dict), {**counter} == dict(counter))
print(max(counter, key=counter.get), sum(counter.values()), sorted(Counter(a=1, b=2), reverse=True))
