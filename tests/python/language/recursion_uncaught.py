def f(n): return f(n + 1)
try:
    f(0)
except RecursionError:
    print("caught")
def g(): yield from g()
try:
    list(g())
except RecursionError as e:
    print("gen", type(e).__name__)
class R:
    def __getattr__(self, n): return getattr(self, n + "x")
try:
    R().a
except RecursionError:
    print("attr")
a = []
for _ in range(100): a = [a]
print(str(a).count("["))
