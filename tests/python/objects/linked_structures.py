class Node:
    __slots__ = ("value", "next")
    def __init__(self, value, next=None): self.value, self.next = value, next
class LinkedList:
    def __init__(self, items=()):
        self.head, self.size = None, 0
        for x in items: self.append(x)
    def append(self, x):
        node = Node(x)
        if self.head is None: self.head = node
        else:
            cur = self.head
            while cur.next: cur = cur.next
            cur.next = node
        self.size += 1
    def __iter__(self):
        cur = self.head
        while cur:
            yield cur.value
            cur = cur.next
    def __len__(self): return self.size
    def __getitem__(self, i):
        if isinstance(i, slice): return LinkedList(list(self)[i])
        if i < 0: i += self.size
        for j, v in enumerate(self):
            if j == i: return v
        raise IndexError("list index out of range")
    def __repr__(self): return " -> ".join(map(repr, self)) or "empty"
    def __eq__(self, o): return isinstance(o, LinkedList) and list(self) == list(o)
    def __add__(self, o): return LinkedList([*self, *o])
    def __contains__(self, x): return any(v == x for v in self)
    def reverse(self):
        prev, cur = None, self.head
        while cur: cur.next, prev, cur = prev, cur, cur.next
        self.head = prev
l = LinkedList([1, 2, 3]); l.append("x"); print(l, len(l), l[0], l[-1], l[1:3], 2 in l, 9 in l, l + [5], LinkedList(), l == LinkedList([1, 2, 3, "x"]))
l.reverse(); print(l, list(reversed(l)), sorted(LinkedList([3, 1])), max(LinkedList([3, 1])), sum(LinkedList([1, 2])), [*l], dict(enumerate(l)))
try: l[10]
except IndexError as e: print(e)
class Stack:
    def __init__(self): self._d = []
    def push(self, x): self._d.append(x); return self
    def pop(self):
        if not self._d: raise IndexError("pop from empty stack")
        return self._d.pop()
    def __bool__(self): return bool(self._d)
s = Stack().push(1).push(2); print(s.pop(), bool(s), s.pop(), bool(s))
try: s.pop()
except IndexError as e: print(e)
class BST:
    def __init__(self): self.root = None
    def insert(self, k):
        def go(n):
            if n is None: return [k, None, None]
            n[1 if k < n[0] else 2] = go(n[1 if k < n[0] else 2])
            return n
        self.root = go(self.root)
        return self
    def __iter__(self):
        def walk(n):
            if n:
                yield from walk(n[1]); yield n[0]; yield from walk(n[2])
        return walk(self.root)
    def height(self, n="root"):
        n = self.root if n == "root" else n
        return 0 if not n else 1 + max(self.height(n[1]), self.height(n[2]))
t = BST()
for k in (5, 2, 8, 1, 9, 3): t.insert(k)
print(list(t), t.height(), 8 in t, sorted(t, reverse=True))
class Graph:
    def __init__(self): self.edges = {}
    def add(self, a, b): self.edges.setdefault(a, set()).add(b); self.edges.setdefault(b, set()).add(a)
    def bfs(self, start):
        seen, queue = {start}, [start]
        while queue:
            n = queue.pop(0)
            yield n
            for m in sorted(self.edges[n]):
                if m not in seen: seen.add(m); queue.append(m)
g = Graph()
for a, b in [(1, 2), (1, 3), (2, 4), (3, 4), (4, 5)]: g.add(a, b)
print(list(g.bfs(1)), {k: sorted(v) for k, v in g.edges.items()})
class Matrix:
    def __init__(self, rows): self.rows = [list(r) for r in rows]
    def __matmul__(self, o): return Matrix([[sum(a * b for a, b in zip(r, c)) for c in zip(*o.rows)] for r in self.rows])
    def __getitem__(self, ij): return self.rows[ij[0]][ij[1]]
    def __setitem__(self, ij, v): self.rows[ij[0]][ij[1]] = v
    def __str__(self): return "\n".join(" ".join(f"{v:3}" for v in r) for r in self.rows)
    @classmethod
    def identity(cls, n): return cls([[int(i == j) for j in range(n)] for i in range(n)])
    @property
    def T(self): return Matrix(zip(*self.rows))
m = Matrix([[1, 2], [3, 4]]); m[0, 1] = 7; print(m, m[0, 1], (m @ m).rows, (m @ Matrix.identity(2)).rows == m.rows, m.T.rows, sep="\n")
