from contextlib import contextmanager, suppress, ExitStack, closing, redirect_stdout, nullcontext, ContextDecorator, AbstractContextManager
import io
@contextmanager
def tag(n):
    print(f"<{n}>")
    try: yield n
    finally: print(f"</{n}>")
with tag("a"), tag("b") as b: print("in", b)
@tag("deco")
def f(x): print("f", x); return x + 1
print(f(1))
with suppress(KeyError, IndexError): {}["x"]
print("after suppress")
with ExitStack() as st:
    for n in "xyz": st.enter_context(tag(n))
    st.callback(print, "callback", end="!\n")
    @st.push
    def ex(t, v, tb): print("push", t); return True
    raise ValueError("swallowed")
class Res:
    def close(self): print("closed")
with closing(Res()) as r: print(type(r).__name__)
buf = io.StringIO()
with redirect_stdout(buf): print("hidden"); print("more", end="")
print(repr(buf.getvalue()))
with nullcontext(5) as n: print(n)
class Timer(ContextDecorator):
    def __enter__(self): print("enter"); return self
    def __exit__(self, *e): print("exit", e[0].__name__ if e[0] else None); return False
@Timer()
def g(): print("g")
g()
try:
    with Timer(): raise OSError("x")
except OSError as e: print(repr(e))
class Multi:
    def __init__(self, n): self.n = n
    def __enter__(self): print("in", self.n); return self
    def __exit__(self, t, v, tb):
        print("out", self.n, t and t.__name__)
        return self.n == 2
with Multi(1), Multi(2), Multi(3): raise RuntimeError
print("survived")
with (Multi(4) as a, Multi(5) as b,): print(a.n + b.n)
try:
    with tag("err"): raise LookupError("inside")
except LookupError as e: print(e)
@contextmanager
def noyield():
    if False: yield
try:
    with noyield(): pass
except RuntimeError as e: print(e)
@contextmanager
def twice():
    yield 1
    yield 2
try:
    with twice(): pass
except RuntimeError as e: print(e)
def ret():
    with Multi(6): return "returned"
print(ret())
for i in range(2):
    with Multi(7):
        if i == 0: continue
        break
st = ExitStack()
with st:
    st.enter_context(tag("pop"))
    moved = st.pop_all()
print("moved"); moved.close()
