people = [("bob", 30), ("ann", 25), ("cid", 30), ("dan", 25)]
print(sorted(people), sorted(people, key=lambda p: p[1]), sorted(people, key=lambda p: (-p[1], p[0])), sorted(people, key=lambda p: p[1], reverse=True))
class K:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return self.v < o.v
    def __repr__(self): return f"K{self.v}"
print(sorted([K(2), K(1), K(3)])); print(min(K(2), K(1)), max([K(1), K(5)]))
l = [5, 2, 9]; print(l.sort(), l, sorted(l, key=lambda x: -x), sorted("hello world".split(), key=len), sorted({3: "c", 1: "a"}), sorted({"b", "a"}))
print(sorted([True, 0, 2.5, -1]), sorted([(1, [2]), (1, [1])]), sorted(["B", "a", "C"]), sorted(["B", "a", "C"], key=str.casefold), sorted([[2], [1, 5], []]))
def cmp_key(x):
    if x == 3: raise ValueError("no key for 3")
    return x
try: sorted([1, 3, 2], key=cmp_key)
except ValueError as e: print(e)
a = [3, 1, 2]
try: a.sort(key=lambda x: a.append(x) or x)
except ValueError as e: print(e)
print(max([1, 2], key=lambda x: -x), max("abc", "abd"), min((2, "b"), (2, "a")), max([], default=None), max({"a": 1, "b": 2}, key={"a": 1, "b": 2}.get))
