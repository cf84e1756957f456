a, b = {1, 2, 3}, {2, 3, 4}
print(a | b, a & b, a - b, a ^ b, a <= {1, 2, 3, 4}, {1} < a, a.isdisjoint({9}))
a.add(5); a.discard(99); a.remove(1); a.update([7, 8]); print(sorted(a), len(a), 5 in a)
print(set("hello") == {"h", "e", "l", "o"}, frozenset([1, 2]) == {1, 2}, set(), {*()})
s = {3, 1, 2}
print(sorted(s), min(s), sum(s), s.pop() in (1, 2, 3), len(s))
try:
    s.remove(100)
except KeyError as e:
    print("KeyError", e)
a |= {10}; a &= {10, 7}; a -= {7}; print(a)
print({x % 3 for x in range(10)}, {frozenset([1])}, hash(frozenset([1, 2])) == hash(frozenset([2, 1])))
print(set([1, 2]).union([3], (4,)), {1, 2}.symmetric_difference([2, 3]), {1, 2}.issuperset([1]))
