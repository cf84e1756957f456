import io
import traceback


def fails():
    raise ValueError("bad value")


try:
    fails()
except ValueError as error:
    text = traceback.format_exc()
    lines = text.splitlines()
    print(lines[0], lines[-1], "fails()" in text, len(traceback.format_exception(error)) >= 3)
    print(traceback.format_exception_only(error), traceback.format_exception_only(type(error), error))
    buffer = io.StringIO()
    traceback.print_exc(file=buffer)
    print(buffer.getvalue() == text)
    buffer = io.StringIO()
    traceback.print_exception(error, file=buffer)
    print(buffer.getvalue() == text)
try:
    try:
        fails()
    except ValueError as error:
        raise KeyError("outer") from error
except KeyError as error:
    text = "".join(traceback.format_exception(error))
    print("direct cause" in text, text.count("Traceback"), text.splitlines()[-1])
print(traceback.format_exc())
error = RuntimeError("noted")
error.add_note("a note")
print("".join(traceback.format_exception_only(error)))
print("".join(traceback.format_exception(TypeError("never raised"))), end="")
