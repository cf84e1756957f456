print([x for x in range(5) if x % 2 == 0], {x: x * x for x in range(3)}, sorted({x % 3 for x in range(9)}), list(x for x in "ab"))
print([[c for c in row if c] for row in [[0, 1], [2, 0]]], [x for row in [[1, 2], [3]] for x in row], [(x, y) for x in range(2) for y in range(x, 2)])
print([y := 1, y + 1], [z for x in range(6) if (z := x * 2) > 4], [f"{i}{j}" for i in "ab" for j in range(2) if i != "a" or j])
fs = [lambda: i for i in range(3)]; print([f() for f in fs]); x = "outer"; l = [x for x in range(3)]; print(x, l)
def closure(n): return [lambda k: k * m for m in range(n)]
print([f(10) for f in closure(3)]); print({k: [v for v in range(k)] for k in range(3)}, [i if i % 2 else -i for i in range(4)], [not b for b in (True, False)])
print(sum(i * i for i in range(10)), max(len(w) for w in "a bb ccc".split()), any(c.isdigit() for c in "ab1"), dict((k, v) for k, v in [("a", 1)]), "".join(sorted(c for c in "hello" if c not in "aeiou")))
m = [[1, 2, 3], [4, 5, 6]]; print([[r[i] for r in m] for i in range(3)], list(zip(*m)), [sum(r) for r in m], [v for r in m for v in r if v % 2])
class C:
    items = [1, 2]; doubled = [i * 2 for i in items]
print(C.doubled); g = (print("lazy", i) for i in range(2)); print("made"); next(g); print([*map(lambda v: v + 1, (i for i in range(3)))])
print([a + b for a, b in zip("ab", "cd")], [i for i in range(20) if i % 2 == 0 if i % 3 == 0], {(i, j): i * j for i in range(2) for j in range(2)}, [None for _ in range(2)])
try: [1 / x for x in (1, 0)]
except ZeroDivisionError as e: print(e)
