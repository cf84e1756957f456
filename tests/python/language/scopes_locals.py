x = 10
def f(a, b=2, *args, c=3, **kw):
    y = a + b
    d = locals()
    return sorted(d)
print(f(1, 5, 6, z=9))
def g():
    name, age = "Bob", 5
    return "{name} is {age}".format(**locals()), "{x}".format(**globals())
print(g())
print("x" in globals(), globals()["x"], globals().get("nope", "dflt"), "f" in globals(), callable(globals()["f"]))
def outer():
    v = 1
    def inner():
        w = 2
        return v, locals()
    return inner()
print(outer())
class C:
    k = 1
    def m(self): return sorted(locals())
print(C().m(), dir()[:0], "k" in dir(C), [n for n in dir(C()) if not n.startswith("_")], vars(C())) 
def h():
    a = 1
    b = a + 1
    print(dir(), vars())
    del a
    print(locals())
h()
handlers = {n: fn for n, fn in globals().items() if n.startswith("handle_")} if False else {}
def handle_a(): return "A"
def handle_b(): return "B"
print([globals()["handle_" + k]() for k in "ab"])
print([n for n in globals() if not n.startswith("_")])
counter = 0
def inc():
    global counter
    counter += 1
    return counter
print(inc(), inc(), counter)
def make():
    n = 0
    def bump(by=1):
        nonlocal n
        n += by
        return n
    return bump
a, b = make(), make()
print(a(), a(5), b())
fs = [lambda: i for i in range(3)]
gs = [lambda i=i: i for i in range(3)]
print([q() for q in fs], [q() for q in gs])
def late():
    return undefined_later
undefined_later = "now"
print(late())
if (n := len("abc")) > 2: print(n)
print([y := 5, y ** 2], y)
def shadow():
    try: print(zz)
    except UnboundLocalError as e: print(e)
    zz = 1
shadow()
del x
try: x
except NameError as e: print(e)
print([i for i in range(3)], "i" in globals())
def default(l=[]): l.append(1); return l
print(default(), default(), default([5]))
exec_order = []
def mark(n): exec_order.append(n); return n
mark(1) + mark(2) * mark(3)
d = {mark("k1"): mark("v1"), mark("k2"): mark("v2")}
def t(*a, **k): pass
t(mark("a"), *[mark("b")], x=mark("c"), **{"y": mark("d")})
[mark("l")][mark(0)] 
print(exec_order)
lst = [0, 0]; i = 0
i, lst[i] = 1, 9
print(i, lst)
a = b = []; a.append(1); print(b, a is b)
