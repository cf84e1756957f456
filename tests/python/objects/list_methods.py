l = [3, 1, 2]
l.append(4); print(l)
l.extend([5, 6]); l.extend("ab"); l.extend(x for x in (7,)); print(l)
l.insert(0, "first"); l.insert(100, "last"); l.insert(-1, "before last"); print(l)
print(l.pop(), l.pop(0), l.pop(-2), l)
l.remove("a"); print(l, l.index(2), l.index(4, 1), l.count(3), 5 in l)
l2 = l.copy(); l2.clear(); print(l2, l)
n = [3, 1, 2]; n.sort(); print(n); n.sort(reverse=True); print(n); n.reverse(); print(n)
w = ["bb", "a", "ccc"]; w.sort(key=len); print(w, sorted(w, key=lambda s: -len(s)), sorted(w, key=str.upper, reverse=True))
print(sorted([("b", 1), ("a", 2), ("b", 0)]), sorted([(1, "x"), (1, "a")], key=lambda t: t[0]))
print(n[0], n[-1], n[1:], n[:-1], n[::-1], n[::2], n[5:], n[-2:], n[:])
n[1:2] = [9, 9, 9]; print(n); n[:0] = [0]; print(n); n[::2] = ["x"] * len(n[::2]); print(n); del n[1:3]; print(n); del n[0]; print(n)
print([1, 2] + [3], [0] * 3, [[]] * 2, [1] == [1.0], [1, 2] < [1, 3], [1] < [1, 0], [] < [1], [1, 2] != [2, 1])
print(len([]), bool([]), bool([0]), list("abc"), list(range(3)), list({1: 2}), list((1, 2)), list(zip("ab", [1, 2])))
a, b, *c = [1, 2, 3, 4]; print(a, b, c); *a, b = [1, 2]; print(a, b); a, *b = [1]; print(a, b); (a, b), c = [1, 2], 3; print(a, b, c)
print([x * y for x in range(3) for y in range(3) if x != y], [[i * j for j in range(3)] for i in range(2)], [x if x else "z" for x in (0, 1)])
m = [[0] * 2 for _ in range(2)]; m[0][0] = 1; print(m); m = [[0] * 2] * 2; m[0][0] = 1; print(m)
print(sum([1, 2, 3]), sum([1.5, 2]), sum([[1], [2]], []), max([1, 5, 3]), min([4, 2]), max(["a", "bb"], key=len), max(1, 2, 3), min("b", "a"))
print(any([0, 1]), all([1, 0]), any([]), all([]), list(reversed([1, 2, 3])), list(enumerate("ab", 1)), list(map(str, [1, 2])), list(filter(None, [0, 1, "", "a"])))
print(list(map(lambda a, b: a + b, [1, 2], [10, 20, 30])), list(zip([1, 2], "ab", [True, False])), dict(zip("ab", [1, 2])), list(zip()))
t = (1, 2, 3, 2)
print(t.count(2), t.index(3), t[1:], t + (4,), t * 2, len(t), (1,), (), tuple("ab"), t == (1, 2, 3, 2), hash(t) == hash((1, 2, 3, 2)), t < (1, 3))
s = slice(1, 3); print(s, [0, 1, 2, 3][s], s.start, s.stop, s.step, s.indices(2), slice(None) == slice(None, None, None))
r = range(0, 10, 3)
print(r, list(r), len(r), r[1], r[-1], 9 in r, 8 in r, r.index(6), r.count(3), r[1:], r == range(0, 12, 3), list(range(5, 0, -2)), range(0), bool(range(0)))
x = [1, 2, 3]
for i, v in enumerate(x):
    if v == 2:
        x.append(99) if len(x) < 5 else None
print(x)
x = [1, 2, 3, 4]
for v in x:
    if v % 2 == 0:
        x.remove(v)
print(x)
y = x
y += [5]; print(x, x is y); y = y + [6]; print(x, y)
q = [1, [2, [3]]]; z = q[:]; z[1].append("shared"); print(q, z)
print(*[1, 2], *"ab", sep="-"); print([*range(3), *"x"], (*[1], 2), {*[1, 1]}, [*{"a": 1}])
print([1, 2, 3].__len__(), [1].__add__([2]), [1, 2].__contains__(1), [].__eq__([]), [1, 2].__getitem__(0))
big = list(range(100)); print(big[10:20:3], big[-5:], big[50:45:-1], sum(big), big[99:0:-20])
print([None] * 2, [i for i in range(10) if i % 2 if i > 3], [(i, j) for i in "ab" for j in (1, 2)])
nested = [[3, 1], [2], []]; print(sorted(nested), max(nested), sorted(nested, key=len), [sorted(n) for n in nested])
print(["a", "b"] * 0, [1, 2, 3].index(3, -1), [1, 2] in [[1, 2]], [] in [[]])
try:
    [1, 2].sort(key=lambda x: x / 0)
except ZeroDivisionError as e:
    print(e)
