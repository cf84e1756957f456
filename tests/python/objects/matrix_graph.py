from collections import deque
from functools import cache
import heapq, math
class Matrix:
    def __init__(self, rows): self.rows = [list(r) for r in rows]
    @classmethod
    def identity(cls, n): return cls([[int(i == j) for j in range(n)] for i in range(n)])
    @property
    def shape(self): return len(self.rows), len(self.rows[0])
    @property
    def T(self): return Matrix(zip(*self.rows))
    def __matmul__(self, o):
        if self.shape[1] != o.shape[0]: raise ValueError(f"shapes {self.shape} and {o.shape} do not match")
        return Matrix([[sum(a * b for a, b in zip(r, c)) for c in zip(*o.rows)] for r in self.rows])
    def __add__(self, o): return Matrix([[a + b for a, b in zip(r, s)] for r, s in zip(self.rows, o.rows)])
    def __mul__(self, k): return Matrix([[a * k for a in r] for r in self.rows])
    __rmul__ = __mul__
    def __pow__(self, n):
        res, base = Matrix.identity(self.shape[0]), self
        while n:
            if n & 1: res = res @ base
            base = base @ base; n >>= 1
        return res
    def __getitem__(self, ij): i, j = ij; return self.rows[i][j]
    def __setitem__(self, ij, v): i, j = ij; self.rows[i][j] = v
    def __eq__(self, o): return self.rows == o.rows
    def __repr__(self): return f"Matrix({self.rows})"
    def __iter__(self): return iter(self.rows)
    def det(self):
        if len(self.rows) == 1: return self.rows[0][0]
        return sum((-1) ** j * v * Matrix([r[:j] + r[j + 1:] for r in self.rows[1:]]).det() for j, v in enumerate(self.rows[0]))
m = Matrix([[1, 1], [1, 0]]); print(m ** 10, m @ m.T, 2 * m + m, m.det(), m[0, 1], m.shape)
m[1, 1] = 5; print(m, m == Matrix([[1, 1], [1, 5]]), Matrix([[2, 0, 1], [1, 3, 2], [1, 1, 1]]).det())
try: m @ Matrix([[1, 2, 3]])
except ValueError as e: print(e)
g = {"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": ["e"], "e": []}
def bfs(s):
    seen, q, order = {s}, deque([s]), []
    while q:
        n = q.popleft(); order.append(n)
        for k in g[n]:
            if k not in seen: seen.add(k); q.append(k)
    return order
def topo():
    seen, out = set(), []
    def visit(n):
        if n in seen: return
        seen.add(n)
        for k in g[n]: visit(k)
        out.append(n)
    for n in g: visit(n)
    return out[::-1]
def paths(a, b): return [[a]] if a == b else [[a] + p for k in g[a] for p in paths(k, b)]
print(bfs("a"), topo(), paths("a", "e"))
def sieve(n):
    p = [True] * (n + 1); p[0:2] = [False, False]
    for i in range(2, math.isqrt(n) + 1):
        if p[i]: p[i * i::i] = [False] * len(p[i * i::i])
    return [i for i, x in enumerate(p) if x]
print(sieve(50), sum(sieve(1000)))
def queens(n, row=0, cols=(), d1=(), d2=()):
    if row == n: yield cols; return
    for c in range(n):
        if c not in cols and row + c not in d1 and row - c not in d2:
            yield from queens(n, row + 1, cols + (c,), d1 + (row + c,), d2 + (row - c,))
print(next(queens(6)), sum(1 for _ in queens(6)))
@cache
def lcs(a, b):
    if not a or not b: return ""
    if a[0] == b[0]: return a[0] + lcs(a[1:], b[1:])
    return max(lcs(a[1:], b), lcs(a, b[1:]), key=len)
print(lcs("AGGTAB", "GXTXAYB"), [[math.comb(n, k) for k in range(n + 1)] for n in range(5)])
def qsort(x): return x if len(x) < 2 else qsort([i for i in x[1:] if i < x[0]]) + [x[0]] + qsort([i for i in x[1:] if i >= x[0]])
print(qsort([3, 6, 1, 8, 2, 9, 2]))
def hanoi(n, a="A", b="B", c="C"): return hanoi(n - 1, a, c, b) + [(a, c)] + hanoi(n - 1, b, a, c) if n else []
print(len(hanoi(6)), hanoi(2))
life = {(1, 0), (1, 1), (1, 2)}
def step(cells):
    from itertools import product
    cnt = {}
    for x, y in cells:
        for dx, dy in product((-1, 0, 1), repeat=2):
            if dx or dy: cnt[x + dx, y + dy] = cnt.get((x + dx, y + dy), 0) + 1
    return {c for c, n in cnt.items() if n == 3 or n == 2 and c in cells}
print(sorted(step(life)), step(step(life)) == life)
