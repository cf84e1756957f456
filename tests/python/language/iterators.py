class Count:
    def __init__(self, n): self.i, self.n = 0, n
    def __iter__(self): return self
    def __next__(self):
        if self.i >= self.n: raise StopIteration
        self.i += 1
        return self.i
print(list(Count(3)), sum(Count(4)), max(Count(5)), 2 in Count(3), dict(zip(Count(2), "ab")))
a, b, c = Count(3)
print(a, b, c, [*Count(2)], tuple(Count(2)), sorted(Count(3), reverse=True))
it = iter([1, 2])
print(next(it), next(it), next(it, "end"))
try:
    next(it)
except StopIteration as e:
    print("stop", e.value)
print(list(iter(iter("ab"))), list(iter(lambda c=Count(5): next(c), 3)))
def gen():
    yield from Count(2)
    return "r"
print(list(gen()), list(zip(gen(), gen())), list(map(str, gen())), list(enumerate(gen())))
for i, x in enumerate(Count(2)):
    print(i, x)
try:
    iter(5)
except TypeError as e:
    print(e)
try:
    for x in None: pass
except TypeError as e:
    print(e)
z = zip([1, 2, 3], "ab")
print(next(z), list(z), list(reversed([1, 2])), list(range(3))[::-1], list(filter(lambda v: v > 1, Count(3))))
r = range(0, 10, 3)
print(r, len(r), r[1], r[-1], 6 in r, list(r), r == range(0, 12, 3), r.index(3))
