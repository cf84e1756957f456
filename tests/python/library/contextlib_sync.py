import contextlib
import io
from contextlib import ExitStack, closing, contextmanager, nullcontext, redirect_stdout, suppress


@contextmanager
def tag(name):
    print(f"<{name}>")
    try:
        yield name.upper()
    finally:
        print(f"</{name}>")


with tag("a") as upper, tag("b"):
    print(upper)
try:
    with tag("c"):
        raise ValueError("inside")
except ValueError as error:
    print("caught", error)


@contextmanager
def swallow():
    try:
        yield
    except KeyError as error:
        print("swallowed", error)


with swallow():
    {}["k"]
with suppress(ZeroDivisionError, KeyError):
    1 / 0
print("after suppress")
with ExitStack() as stack:
    for name in "xyz":
        stack.enter_context(tag(name))
    stack.callback(print, "callback", 1, end="!\n")
    print("in stack")
with ExitStack() as stack:
    stack.enter_context(tag("kept"))
    kept = stack.pop_all()
print("not closed yet")
kept.close()


class Thing:
    def close(self):
        print("closed")


with closing(Thing()) as thing:
    print(type(thing).__name__)
with nullcontext(5) as five:
    print(five)
buffer = io.StringIO()
with redirect_stdout(buffer):
    print("hidden")
print(repr(buffer.getvalue()))


@tag("deco")
def decorated():
    print("body")


decorated()
decorated()


@contextmanager
def no_yield():
    if False:
        yield


@contextmanager
def two_yields():
    yield
    yield


for manager in (no_yield, two_yields):
    try:
        with manager():
            pass
    except RuntimeError as error:
        print(error)


class Timer(contextlib.ContextDecorator):
    def __enter__(self):
        print("start")
        return self

    def __exit__(self, *exc):
        print("stop", exc[0])
        return False


@Timer()
def work():
    return 42


print(work())
try:
    with ExitStack() as stack:
        stack.enter_context(5)
except TypeError as error:
    print(error)
try:
    with ExitStack() as stack:
        stack.callback(lambda: 1 / 0)
        raise ValueError("first")
except ZeroDivisionError as error:
    print(repr(error), repr(error.__context__))
