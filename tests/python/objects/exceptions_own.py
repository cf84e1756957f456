class AppError(Exception):
    """Base."""


class NotFound(AppError):
    def __init__(self, what, code=404):
        super().__init__(what, code)
        self.what = what
        self.code = code

    def __str__(self):
        return f"{self.what} not found ({self.code})"


class Quiet(AppError):
    def __init__(self, x):
        self.x = x


class Kw(AppError):
    def __init__(self, *, reason):
        super().__init__(f"because {reason}")
        self.reason = reason


for e in (AppError(), AppError("m"), AppError("a", 1), NotFound("x"), Quiet(5), Kw(reason="r")):
    print(repr(e), "|", str(e), "|", e.args)
try:
    raise NotFound("page")
except AppError as e:
    print(type(e).__name__, e, e.what, e.code, isinstance(e, Exception))
try:
    raise AppError
except AppError as e:
    print(repr(e))
try:
    try:
        {}["k"]
    except KeyError as k:
        raise AppError("wrapped") from k
except AppError as e:
    print(repr(e.__cause__), e.__suppress_context__, e.__context__ is e.__cause__)
try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise ValueError("second")
except ValueError as e:
    print(repr(e.__context__), e.__cause__, e.__suppress_context__)
try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise ValueError("hidden") from None
except ValueError as e:
    print(repr(e.__context__), e.__cause__, e.__suppress_context__)
for bad in (1, "text", int, None):
    try:
        raise bad
    except TypeError as e:
        print(e)
try:
    raise ValueError("x") from 5
except TypeError as e:
    print(e)
e = ValueError("with notes")
e.add_note("first")
e.add_note("second")
print(e.__notes__, e)
try:
    e.add_note(1)
except TypeError as err:
    print(err)
try:
    raise e
except (KeyError, ValueError) as caught:
    print(caught is e, caught.__traceback__ is not None)
print(e.with_traceback(None) is e, e.__traceback__)
e.args = (1, 2)
print(e, e.args)
e.custom = "attr"
print(e.custom, e.__dict__.get("custom"))


def nested():
    try:
        raise KeyError("inner")
    finally:
        print("finally runs")


try:
    nested()
except LookupError as err:
    print("caught", repr(err), str(err))
try:
    try:
        raise ValueError(1)
    except ValueError as err:
        pass
    print(err)
except NameError as err2:
    print(type(err2).__name__, err2)


def reraise():
    try:
        raise ValueError("again")
    except ValueError:
        raise


try:
    reraise()
except ValueError as err:
    print("reraised", err)
try:
    raise
except RuntimeError as err:
    print(err)
try:
    raise StopIteration(3)
except StopIteration as err:
    print(err.value)
try:
    raise SystemExit(2)
except SystemExit as err:
    print(err.code, repr(err))
try:
    raise OSError(2, "No such file", "name.txt")
except FileNotFoundError as err:
    print(err, err.errno, err.strerror, err.filename)
try:
    assert 1 == 2, "math works"
except AssertionError as err:
    print(repr(err))
try:
    assert []
except AssertionError as err:
    print(repr(err), str(err) == "")
print(issubclass(NotFound, Exception), NotFound.__mro__[1].__name__, AppError.__doc__)
print(isinstance(KeyError(), LookupError), issubclass(ZeroDivisionError, ArithmeticError), issubclass(TimeoutError, OSError))


class Multi(ValueError, KeyError):
    pass


for catch in (ValueError, KeyError, LookupError):
    try:
        raise Multi("both")
    except catch as err:
        print(catch.__name__, err)
try:
    try:
        raise ValueError("v")
    except 5:
        pass
except TypeError as err:
    print(err)
