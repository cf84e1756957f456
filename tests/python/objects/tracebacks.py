import traceback


def inner(x):
    raise ValueError(f"bad {x}")


def outer():
    inner(5)


try:
    outer()
except ValueError as e:
    tb = e.__traceback__
    names = []
    while tb is not None:
        names.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
        tb = tb.tb_next
    print(names)
    print(traceback.format_exception_only(type(e), e), traceback.format_exception_only(e))
e = KeyError("k")
e.add_note("a note")
print("".join(traceback.format_exception_only(e)), end="")
print(traceback.format_exception_only(ValueError()), traceback.format_exception_only(ExceptionGroup("g", [ValueError(1)])))
print(ValueError("x").__traceback__)
try:
    raise ValueError("x").with_traceback(None)
except ValueError as err:
    print(err.__traceback__ is not None, type(err.__traceback__).__name__)


class Custom(Exception):
    pass


try:
    raise Custom("own") from ValueError("cause")
except Custom as err:
    print(traceback.format_exception_only(err), repr(err.__cause__))
try:
    [].apend(1)
except AttributeError as err:
    print(traceback.format_exception_only(err), err.name, err.obj)
