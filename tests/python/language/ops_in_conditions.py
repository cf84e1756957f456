class N:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return self.v < (o.v if isinstance(o, N) else o)
    def __gt__(self, o): return self.v > (o.v if isinstance(o, N) else o)
    def __eq__(self, o):
        if isinstance(o, str): return NotImplemented
        return self.v == (o.v if isinstance(o, N) else o)
    def __ne__(self, o): return "truthy" if self.v != getattr(o, "v", o) else ""
    def __le__(self, o): return []
    def __ge__(self, o): raise ValueError("ge!")
    def __add__(self, o): return N(self.v + (o.v if isinstance(o, N) else o))
    def __radd__(self, o): return N(o + self.v)
    def __getitem__(self, k): return (self.v, k)
    def __setitem__(self, k, v): print("set", k, v); self.v = v
    def __delitem__(self, k): print("del", k)
    def __repr__(self): return f"N({self.v})"
    __hash__ = None
class M(N):
    def __radd__(self, o): return "M.radd"
    def __lt__(self, o): return NotImplemented
    def __gt__(self, o): return NotImplemented
class Stop3:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 3: raise StopIteration("done")
        return self.n
a, b = N(1), N(2)
if a < b: print("lt")
if not a > b: print("not gt")
if a == 1: print("eq 1")
if a == "x": print("eq str")
else: print("ne str")
if a != b: print("ne")
if a <= b: print("le")
else: print("not le")
try:
    if a >= b: pass
except ValueError as e:
    print("caught", e)
while a < 5:
    a = a + 1
print(a, 10 + a, a + M(1), N(1) + N(3))
print(M(1) < N(2), N(0) < M(3))
try:
    M(1) < M(2)
except TypeError as e: print(e)
print(a[1], a["k"], a[1:2], a[1, 2])
a[3] = 4
del a[3]
a["z"] += (1,)
for x in Stop3(): print(x, end=" ")
print([x for x in Stop3()], list(Stop3()), 2 in Stop3(), 7 in Stop3())
for x in Stop3():
    for y in Stop3():
        if y == 2: break
        print((x, y), end=" ")
    else:
        print("never")
print()
class Bad:
    def __iter__(self): return self
    def __next__(self): raise KeyError("in next")
try:
    for q in Bad(): pass
except KeyError as e: print("KeyError", e)
def gen():
    for x in Stop3():
        yield x * 10
print(list(gen()), sum(gen()), max(gen()))
x, y, z = Stop3()
print(x, y, z)
try: {N(1): 1}
except TypeError as e: print(e)
print(1 < N(2), 1 == N(1), N(5) in [1, N(5)], [N(1), N(2)] == [N(1), N(2)], (N(1),) < (N(2),))
a += 5
print(a)
class Acc:
    def __init__(self): self.items = []
    def __iadd__(self, x): self.items.append(x); return self
    def __isub__(self, x): return NotImplemented
    def __sub__(self, x): return f"sub {x}"
acc = Acc(); alias = acc
acc += 1; acc += 2
print(alias.items, acc is alias)
acc -= 3
print(acc)
