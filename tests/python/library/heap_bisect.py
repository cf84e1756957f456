import heapq, bisect
from dataclasses import dataclass, field
from typing import Any
h = [5, 1, 8, 3, 2]
heapq.heapify(h); print(h, heapq.heappop(h), heapq.heappushpop(h, 0), heapq.heapreplace(h, 9), h)
print(heapq.nlargest(2, [3, 9, 4]), heapq.nsmallest(2, ["bb", "a", "ccc"], key=len), list(heapq.merge([1, 4], [2, 3], [0])))
@dataclass(order=True)
class Task:
    prio: int
    item: Any = field(compare=False)
q = []
for t in [Task(3, "c"), Task(1, {"x": 1}), Task(2, None)]: heapq.heappush(q, t)
while q: print(heapq.heappop(q))
a = [1, 3, 3, 5]
print(bisect.bisect(a, 3), bisect.bisect_left(a, 3), bisect.bisect_right(a, 0)); bisect.insort(a, 4); print(a)
def grade(s, bp=(60, 70, 80, 90), g="FDCBA"): return g[bisect.bisect(bp, s)]
print([grade(s) for s in (33, 99, 77, 70, 89, 90, 100)], bisect.bisect_left([{"k": 1}, {"k": 5}], 3, key=lambda d: d["k"]))
def dijkstra(graph, src):
    dist = {src: 0}; pq = [(0, src)]
    while pq:
        d, u = heapq.heappop(pq)
        if d > dist.get(u, float("inf")): continue
        for v, w in graph.get(u, {}).items():
            nd = d + w
            if nd < dist.get(v, float("inf")):
                dist[v] = nd; heapq.heappush(pq, (nd, v))
    return dist
print(dijkstra({"a": {"b": 4, "c": 1}, "c": {"b": 2, "d": 7}, "b": {"d": 1}}, "a"))
import itertools
ctr = itertools.count()
pq = []
for pr, name in [(2, "x"), (1, "y"), (2, "a")]: heapq.heappush(pq, (pr, next(ctr), name))
print([heapq.heappop(pq)[2] for _ in range(3)])
try: heapq.heappop([])
except IndexError as e: print(e)
