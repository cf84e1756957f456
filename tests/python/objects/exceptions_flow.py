def tag(x): print(x, end=" "); return x
def test(n):
    try:
        tag("try")
        if n == 1: raise ValueError("v")
        if n == 2: raise KeyError("k")
        if n == 3: return "early"
    except ValueError as e: tag("except"); return str(e)
    else: tag("else"); return "else"
    finally: tag("finally")
for n in range(4):
    try: print(test(n))
    except KeyError as e: print("outer", e)
try:
    try: raise ValueError("a")
    except ValueError as e1:
        try: raise TypeError("b")
        except TypeError as e2: print(repr(e2.__context__), e2.__context__ is e1); raise KeyError("c") from e1
except KeyError as e3: print(repr(e3.__cause__), repr(e3.__context__), e3.__context__.__context__)
def retry(f, times):
    for i in range(times):
        try: return f(i)
        except ValueError as e: print("retry", e); last = e
    raise RuntimeError("gave up") from last
def flaky(i):
    if i < 2: raise ValueError(f"try {i}")
    return "ok"
print(retry(flaky, 3))
try: retry(flaky, 2)
except RuntimeError as e: print(e, repr(e.__cause__))
class Ctx:
    def __enter__(self): return self
    def __exit__(self, t, v, tb): print("exit", t.__name__ if t else None, v); return t is KeyError
with Ctx(): raise KeyError("swallowed")
try:
    with Ctx(): raise ValueError("passes")
except ValueError as e: print(e)
e = None
try: raise ValueError("x")
except ValueError as e: saved = e
try: e
except NameError as err: print(err)
print(saved, saved.args, saved.__class__.__name__)
def gen():
    try: yield 1
    except ValueError: yield "handled"
    finally: print("closing")
g = gen(); next(g); print(g.throw(ValueError)); g.close()
for i in range(3):
    try:
        if i == 1: continue
        if i == 2: break
        print("body", i)
    finally: print("f", i)
try: raise ExceptionGroup("eg", [ValueError(1), TypeError(2)])
except* ValueError as eg: print("VE", eg.exceptions)
except* TypeError as eg: print("TE", eg.exceptions)
try:
    try: 1 / 0
    finally: print("cleanup")
except ArithmeticError as e: print(type(e).__mro__[1].__name__, e)
def f():
    try: return tag("a")
    finally: tag("b")
print(f()); print([type(x).__name__ for x in (ValueError(), KeyError(1), OSError(2, "m"), StopIteration(5))], ValueError("a") == ValueError("a"), str(KeyError("k")), repr(KeyError("k")), str(OSError(2, "m")), KeyError(1, 2))
