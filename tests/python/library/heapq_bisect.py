import bisect
import heapq
from heapq import heapify, heappop, heappush, heappushpop, heapreplace, merge, nlargest, nsmallest

heap = []
for n in (5, 1, 8, 3, 2):
    heappush(heap, n)
print(heap, heap[0], heappop(heap), heap)
data = [9, 7, 5, 3, 1, 8]
heapify(data)
print(data, heappushpop(data, 0), heapreplace(data, 10), data, [heappop(data) for _ in range(len(data))])
print(nlargest(2, [4, 1, 9]), nsmallest(2, [4, 1, 9]), nlargest(1, ["aa", "b"], key=len), nsmallest(5, [2, 1]))
print(list(merge([1, 4, 7], [2, 5], [3])), list(merge(["c", "a"], ["b"], reverse=True)), list(merge(["bb", "dddd"], ["ccc"], key=len)))
tasks = [(2, "b"), (1, "a"), (2, "a")]
heapify(tasks)
print([heappop(tasks) for _ in range(3)])
for call in (lambda: heappop([]), lambda: heappush((), 1), lambda: heapify([1, "a"])):
    try:
        call()
    except (IndexError, TypeError) as error:
        print(type(error).__name__, error)
a = [1, 3, 3, 5]
print(bisect.bisect(a, 3), bisect.bisect_left(a, 3), bisect.bisect_right(a, 4), bisect.bisect_left(a, 0), bisect.bisect(a, 9))
bisect.insort(a, 4)
bisect.insort_left(a, 3)
print(a, bisect.bisect_left(a, 3, lo=2, hi=4), bisect.bisect([("a", 1), ("b", 5)], 3, key=lambda p: p[1]))
grade = lambda score: "FDCBA"[bisect.bisect([60, 70, 80, 90], score)]
print([grade(s) for s in (33, 99, 77, 70, 89, 90)])
