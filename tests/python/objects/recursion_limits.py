def down(n): return 0 if n == 0 else 1 + down(n - 1)
print(down(500))
def forever(): return forever()
try: forever()
except RecursionError as e: print(type(e).__name__, e)
class A:
    def __getattr__(self, name): return getattr(self, name + "x")
try: A().y
except RecursionError as e: print("getattr", type(e).__name__)
class R:
    def __repr__(self): return repr(self)
try: repr(R())
except RecursionError: print("repr")
class E:
    def __eq__(self, o): return self == o
try: E() == E()
except RecursionError: print("eq")
l = []
for _ in range(100): l = [l]
print(repr(l).count("["), l == l)
a, b = [], []
a.append(b); b.append(a)
try: a == b
except RecursionError as e: print("cmp", type(e).__name__)
def mutual_a(n): return mutual_b(n - 1) if n else "done"
def mutual_b(n): return mutual_a(n - 1) if n else "done"
print(mutual_a(300))
def gen(n):
    if n: yield n; yield from gen(n - 1)
print(sum(gen(100)))
depth = 0
def count():
    global depth
    depth += 1
    count()
try: count()
except RecursionError: print(depth > 500, depth < 1100)
print("still fine", down(10))
