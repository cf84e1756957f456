def averager():
    total = count = 0
    avg = None
    while True:
        v = yield avg
        if v is None:
            return (count, avg)
        total += v; count += 1
        avg = total / count
g = averager()
print(next(g), g.send(10), g.send(20))
try: g.send(None)
except StopIteration as e: print("ret", e.value)
def outer():
    r = yield from averager()
    print("inner returned", r)
    yield "after"
    return "final"
o = outer(); next(o); o.send(4); print(o.send(None))
try: next(o)
except StopIteration as e: print(e.value, e.args)
def guarded():
    try:
        while True:
            try:
                x = yield "ready"
                print("got", x)
            except ValueError as e:
                print("handled", e)
                yield "recovered"
    except GeneratorExit:
        print("closing"); raise
    finally:
        print("cleanup")
g = guarded()
print(next(g), g.send(1), g.throw(ValueError("bad")), next(g))
g.close(); g.close()
try: next(g)
except StopIteration: print("stopped")
def stubborn():
    try: yield 1
    except GeneratorExit: yield 2
s = stubborn(); next(s)
try: s.close()
except RuntimeError as e: print(e)
def thrower():
    try: yield 1
    except KeyError: return "from throw"
t = thrower(); next(t)
try: t.throw(KeyError("k"))
except StopIteration as e: print(e.value)
try: thrower().throw(TypeError, "not started")
except TypeError as e: print(e)
def flat(x):
    for i in x:
        if isinstance(i, list): yield from flat(i)
        else: yield i
print(list(flat([1, [2, [3, [4]], 5]])))
def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b
from itertools import islice, takewhile
print(list(islice(fib(), 10)), list(takewhile(lambda v: v < 30, fib())))
ge = (x * x for x in range(5) if x % 2)
print(next(ge), list(ge), next(ge, "default"))
def echo():
    while True:
        r = yield
        print("echo", r)
e = echo(); next(e)
for w in ("a", "b"): e.send(w)
e.close()
class Tree:
    def __init__(self, v, l=None, r=None): self.v, self.l, self.r = v, l, r
    def __iter__(self):
        if self.l: yield from self.l
        yield self.v
        if self.r: yield from self.r
print(list(Tree(4, Tree(2, Tree(1)), Tree(6))))
try:
    g = averager(); g.send(5)
except TypeError as e: print(e)
def recursive():
    yield next(me)
me = recursive()
try: next(me)
except ValueError as e: print(e)
def ret_in_finally():
    try: yield 1
    finally: return 7
r = ret_in_finally(); next(r)
try: next(r)
except StopIteration as e: print(e.value)
def multi():
    x = yield 1
    y = yield x + 1
    return x + y
m = multi()
print(m.send(None), m.send(5))
try: m.send(6)
except StopIteration as e: print(e.value)
print(type(m).__name__, m.__name__, iter(m) is m)
def chain(*its):
    for it in its: yield from it
print("".join(chain("ab", ["c"], (x for x in "de"))))
