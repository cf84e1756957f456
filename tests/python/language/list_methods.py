x = [3, 1, 2]
x.append(4); x.extend([5, 6]); x.insert(0, 0)
print(x, x.pop(), x.pop(0), x.index(2), x.count(1))
x.sort(); print(x)
x.sort(reverse=True); print(x)
x.reverse(); print(x)
x.remove(3); print(x)
y = x.copy(); y.clear(); print(x, y)
print(sorted(["b", "A", "c"]), sorted(["b", "A", "c"], key=str.lower), sorted([(1, "b"), (1, "a")]))
print([1, 2] + [3], [0] * 3, [[]] * 2, 2 in [1, 2], [1, 2] < [1, 3], [1, 2] == [1, 2])
people = [("bob", 3), ("al", 1), ("cy", 3)]
print(sorted(people, key=lambda p: p[1]), sorted(people, key=lambda p: (-p[1], p[0])), max(people, key=lambda p: p[1]))
a = [1, 2, 3]; b = a; b.append(4); print(a, a is b, a[:] is a)
for f in (lambda: [].pop(), lambda: [1].remove(5), lambda: [1].index(9), lambda: [1, "a"].sort(), lambda: [1] + (2,)):
    try:
        f()
    except (IndexError, ValueError, TypeError) as e:
        print(type(e).__name__, e)
a = [1]; a.append(a); print(a)
print(list(map(lambda x: x * 2, [1, 2])), list(filter(None, [0, 1, ""])), list(zip([1, 2], "ab", strict=True)), list(enumerate("ab", 1)))
