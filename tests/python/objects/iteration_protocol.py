class Range3:
    def __init__(self, n): self.n = n
    def __iter__(self): return It(self.n)
    def __len__(self): return self.n
    def __length_hint__(self): return self.n
class It:
    def __init__(self, n): self.i, self.n = 0, n
    def __iter__(self): return self
    def __next__(self):
        if self.i >= self.n: raise StopIteration("done")
        self.i += 1
        return self.i
r = Range3(3)
print(list(r), list(r), tuple(r), sorted(r, reverse=True), sum(r), max(r), 2 in r, [*r], dict(zip("abc", r)), list(map(str, r)))
for a in r:
    for b in r: print(a * b, end=" ")
print(); it = iter(r); print(next(it), list(it), next(it, None))
try: next(it)
except StopIteration as e: print("args", e.args)
a, b, c = r; print(a, b, c, *r); print(list(zip(r, It(2), "xyz")), list(enumerate(r, 10)), [x for x in r if x != 2], {x: 0 for x in r})
class Broken:
    def __iter__(self): return self
    def __next__(self): raise ValueError("broken")
for f in (lambda: list(Broken()), lambda: [x for x in Broken()], lambda: sum(Broken()), lambda: dict(Broken()), lambda: (lambda *a: a)(*Broken())):
    try: f()
    except ValueError as e: print(e)
class Old:
    def __getitem__(self, i):
        if i > 3: raise IndexError
        return i * i
print(list(Old()), 9 in Old(), max(Old()), list(zip(Old(), "ab"))); a, *b = Old(); print(a, b)
