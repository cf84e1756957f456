from collections import deque

d = deque([1, 2, 3])
d.append(4)
d.appendleft(0)
print(d, len(d), d[0], d[-1], 3 in d, bool(d), bool(deque()))
print(d.pop(), d.popleft(), d)
d.extend([7, 8])
d.extendleft([9, 10])
print(d, d.count(7), d.index(7))
d.rotate(2)
print(d)
d.rotate(-1)
d.reverse()
print(d, list(reversed(d)))
d.insert(2, "x")
d.remove("x")
d[0] = 100
del d[1]
print(d, d.copy() == d, d == list(d), deque([1]) + deque([2]), deque([1, 2]) * 2)
window = deque(maxlen=3)
for i in range(6):
    window.append(i)
    print(list(window), end=" ")
print(window, window.maxlen)
print(deque("abc") < deque("abd"), deque([1, 2]) != deque([1]))
print([x for x in deque(range(4))], sum(deque([1, 2, 3])), sorted(deque([3, 1, 2])))
a, *rest = deque([1, 2, 3])
print(a, rest)
nested = deque()
nested.append(nested)
print(nested)
for call in (lambda: deque().pop(), lambda: deque().popleft(), lambda: deque([1])[5], lambda: d.remove(999),
             lambda: d.index(999), lambda: deque(maxlen=-1), lambda: hash(deque()), lambda: deque(5),
             lambda: deque([1], maxlen=1).insert(0, 2), lambda: deque([1]) + [1]):
    try:
        call()
    except (IndexError, ValueError, TypeError) as error:
        print(type(error).__name__, error)
try:
    for item in d:
        d.append(item)
except RuntimeError as error:
    print(error)
d.clear()
print(d, isinstance(d, deque))
