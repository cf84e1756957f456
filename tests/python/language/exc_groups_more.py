def boom(n):
    if n == 0: raise ValueError("v")
    if n == 1: raise TypeError("t")
    if n == 2: raise OSError(2, "No such file")
    raise KeyError("k")
def collect(ns):
    es = []
    for n in ns:
        try: boom(n)
        except Exception as e: es.append(e)
    raise ExceptionGroup("many", es)
try: collect([0, 1, 2, 3])
except* ValueError as g: print("V", g.exceptions, g.message)
except* (TypeError, OSError) as g: print("TO", [type(e).__name__ for e in g.exceptions])
except* KeyError as g: print("K", repr(g))
try:
    try: collect([0, 1])
    except* ValueError: print("partial")
except ExceptionGroup as g: print("rest", g.exceptions, len(g.exceptions))
eg = ExceptionGroup("o", [ValueError(1), ExceptionGroup("i", [TypeError(2), ValueError(3)])])
m, r = eg.split(ValueError); print(repr(m), repr(r)); print(eg.subgroup(lambda e: isinstance(e, TypeError)), eg.subgroup(KeyError), eg.derive([OSError()]))
try: raise ValueError("plain")
except* ValueError as g: print(type(g).__name__, g.exceptions)
try:
    try: raise TypeError("orig")
    except* TypeError as g: raise RuntimeError("new") from g
except RuntimeError as e: print(e, type(e.__cause__).__name__)
except ExceptionGroup as g: print("wrapped", g.exceptions)
class MyG(ExceptionGroup):
    def derive(self, es): return MyG(self.message, es)
print(type(MyG("m", [ValueError(1), KeyError(2)]).subgroup(ValueError)).__name__)
for bad in (lambda: ExceptionGroup("x", []), lambda: ExceptionGroup("x", [1]), lambda: ExceptionGroup(1, [ValueError()]), lambda: ExceptionGroup("x", [KeyboardInterrupt()])):
    try: bad()
    except (ValueError, TypeError) as e: print(type(e).__name__, e)
print(type(BaseExceptionGroup("b", [ValueError()])).__name__, type(BaseExceptionGroup("b", [KeyboardInterrupt()])).__name__)
def f():
    try: raise ExceptionGroup("g", [ValueError("a"), ValueError("b")])
    except* ValueError as g:
        for e in g.exceptions: print("each", e)
    else: print("no")
    finally: print("fin")
f()
e = ValueError("x"); e.add_note("n1"); e.add_note("n2"); print(e.__notes__)
try: raise e
except ValueError as z: print(z.args, z.__traceback__ is not None, z.__context__, z.with_traceback(None) is z)
class AppError(Exception):
    def __init__(self, msg, code=1): super().__init__(msg); self.code = code
    def __reduce__(self): return (AppError, (self.args[0], self.code))
try:
    try: raise AppError("low", 7)
    except AppError as a: raise LookupError("high") from a
except LookupError as l: print(repr(l), repr(l.__cause__), l.__cause__.code, l.__suppress_context__)
print(issubclass(FileNotFoundError, OSError), repr(OSError(2, "msg", "file")), str(OSError(2, "msg", "file")), OSError(13, "p").errno, type(OSError(2, "x")).__name__, str(KeyError("k")), str(ValueError()), str(ValueError(1, 2)), repr(StopIteration(5)), StopIteration(5).value)
def order():
    try:
        print("try"); return "try-ret"
    except ValueError: print("except")
    else: print("else")
    finally: print("finally")
print(order())
def override():
    try: return 1
    finally: return 2
print(override())
def loop():
    for i in range(5):
        try:
            if i == 1: continue
            if i == 3: break
            print("body", i)
        finally: print("f", i)
    else: print("never")
    return "done"
print(loop())
def nested():
    try:
        try: raise KeyError("in")
        finally: print("inner fin")
    except KeyError as e: return f"got {e}"
print(nested())
