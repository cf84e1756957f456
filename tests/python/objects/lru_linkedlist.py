from collections.abc import MutableMapping, Iterator, Sequence
class Node:
    __slots__ = ("key", "val", "prev", "next")
    def __init__(self, key=None, val=None): self.key, self.val, self.prev, self.next = key, val, self, self
class LRU(MutableMapping):
    def __init__(self, cap): self.cap, self.map, self.root = cap, {}, Node()
    def _unlink(self, n): n.prev.next, n.next.prev = n.next, n.prev
    def _front(self, n): n.prev, n.next = self.root, self.root.next; n.next.prev = n; self.root.next = n
    def __getitem__(self, k):
        n = self.map[k]; self._unlink(n); self._front(n); return n.val
    def __setitem__(self, k, v):
        if k in self.map: self._unlink(self.map[k])
        elif len(self.map) >= self.cap:
            old = self.root.prev; self._unlink(old); del self.map[old.key]; print("evict", old.key)
        n = self.map[k] = Node(k, v); self._front(n)
    def __delitem__(self, k): self._unlink(self.map.pop(k))
    def __len__(self): return len(self.map)
    def __iter__(self):
        n = self.root.next
        while n is not self.root: yield n.key; n = n.next
    def __repr__(self): return f"LRU({[*self]!r})"
c = LRU(2); c["a"] = 1; c["b"] = 2; c["a"]; c["c"] = 3
print(list(c), "b" in c, c.get("b", "none"), len(c), c); del c["a"]; print(list(c.keys()), c.pop("zz", 0))
try: c["nope"]
except KeyError as e: print("KeyError", e)
class Countdown(Iterator):
    def __init__(self, n): self.n = n
    def __next__(self):
        if self.n <= 0: raise StopIteration
        self.n -= 1; return self.n + 1
print(list(Countdown(3)), sum(Countdown(4)))
class Poly(Sequence):
    def __init__(self, *c): self.c = c
    def __getitem__(self, i): return self.c[i]
    def __len__(self): return len(self.c)
    def __call__(self, x): return sum(k * x ** i for i, k in enumerate(self.c))
    def __str__(self): return " + ".join(f"{k}x^{i}" if i else str(k) for i, k in enumerate(self.c) if k) or "0"
p = Poly(1, 0, 2)
print(p(3), str(p), list(reversed(p)), p.index(2), p.count(0), 2 in p, p[1:], Poly())
class Stack:
    class Empty(Exception): "raised when empty"
    def __init__(self): self._s = []
    def push(self, x): self._s.append(x); return self
    def pop(self):
        if not self: raise Stack.Empty("pop from empty stack")
        return self._s.pop()
    def __len__(self): return len(self._s)
    def __bool__(self): return bool(self._s)
s = Stack().push(1).push(2)
print(s.pop(), s.pop(), bool(s))
try: s.pop()
except Stack.Empty as e: print(type(e).__qualname__, e, type(e).__doc__)
class Money:
    def __init__(self, amt, cur="USD"): self.amt, self.cur = amt, cur
    def __eq__(self, o): return isinstance(o, Money) and (self.amt, self.cur) == (o.amt, o.cur)
    def __hash__(self): return hash((self.amt, self.cur))
    def __lt__(self, o): return self.amt < o.amt
    def __repr__(self): return f"Money({self.amt}, {self.cur!r})"
    def __add__(self, o):
        if isinstance(o, (int, float)): return Money(self.amt + o, self.cur)
        return Money(self.amt + o.amt, self.cur) if o.cur == self.cur else NotImplemented
    __radd__ = __add__
print(sum([Money(1), Money(2)]), {Money(1), Money(1)}, sorted([Money(3), Money(1)]), Money(1) + 5, Money(1) != Money(2))
try: Money(1) + Money(1, "EUR")
except TypeError as e: print(e)
