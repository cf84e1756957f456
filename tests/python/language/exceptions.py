class AppError(Exception):
    pass


class Detailed(AppError):
    def __init__(self, code, message="oops"):
        super().__init__(message)
        self.code = code

    def __str__(self):
        return f"[{self.code}] {super().__str__()}"


def attempt(f):
    try:
        return f()
    except Detailed as e:
        return f"detailed {e} {e.code} {e.args}"
    except AppError as e:
        return f"app {e!r}"
    except (ValueError, KeyError) as e:
        return f"{type(e).__name__}: {e}"
    except Exception as e:
        return f"other {type(e).__name__}: {e}"
    else:
        return "never"
    finally:
        print("finally")


def fail(e):
    raise e


print(attempt(lambda: fail(Detailed(5))))
print(attempt(lambda: fail(AppError("a", 1))))
print(attempt(lambda: fail(ValueError("v"))))
print(attempt(lambda: {}["missing"]))
print(attempt(lambda: [][0]))
print(attempt(lambda: 1 / 0))
print(attempt(lambda: int("x")))
print(attempt(lambda: "a" + 1))
print(attempt(lambda: None.attr))
print(attempt(lambda: undefined_name))
print(attempt(lambda: fail(AppError)))
print(attempt(lambda: fail("not an exception")))


def finally_wins():
    try:
        return "try"
    finally:
        return "finally"


print(finally_wins())


def finally_order():
    log = []
    for i in range(3):
        try:
            if i == 1:
                continue
            if i == 2:
                break
            log.append(i)
        finally:
            log.append(f"f{i}")
    else:
        log.append("else")
    return log


print(finally_order())


def chained():
    try:
        try:
            1 / 0
        except ZeroDivisionError as e:
            raise ValueError("second") from e
    except ValueError as e:
        print(repr(e), "from", repr(e.__cause__), e.__suppress_context__)
    try:
        try:
            1 / 0
        except ZeroDivisionError:
            raise ValueError("implicit")
    except ValueError as e:
        print(repr(e), "context", repr(e.__context__), e.__cause__)
    try:
        try:
            1 / 0
        except ZeroDivisionError:
            raise ValueError("none") from None
    except ValueError as e:
        print(repr(e), e.__cause__, e.__suppress_context__, repr(e.__context__))


chained()


def reraise():
    try:
        try:
            raise KeyError("k")
        except KeyError:
            print("first")
            raise
    except KeyError as e:
        print("second", e)


reraise()
try:
    raise
except RuntimeError as e:
    print(e)


def scope():
    e = "before"
    try:
        raise ValueError("x")
    except ValueError as e:
        pass
    try:
        print(e)
    except UnboundLocalError as error:
        print(error)


scope()


def nested_finally():
    try:
        try:
            raise ValueError("inner")
        finally:
            print("inner finally")
    except ValueError as e:
        print("outer", e)
    else:
        print("no")


nested_finally()


def else_clause(x):
    try:
        y = 10 // x
    except ZeroDivisionError:
        return "zero"
    else:
        return f"ok {y}"
    finally:
        print("done", x)


print(else_clause(0), else_clause(5))

try:
    assert 1 == 2, "math"
except AssertionError as e:
    print("AssertionError:", e)
try:
    assert []
except AssertionError as e:
    print("AssertionError", repr(e))

try:
    raise ValueError("note me")
except ValueError as e:
    e.add_note("a note")
    print(e.__notes__)

try:
    try:
        raise TypeError("a")
    finally:
        raise ValueError("b")
except ValueError as e:
    print(e, "|", repr(e.__context__))


def gen_cleanup():
    try:
        yield 1
    finally:
        print("gen cleanup")


def use():
    for x in gen_cleanup():
        return x


print(use())
print(issubclass(Detailed, Exception), Detailed.__mro__)
try:
    fail(KeyboardInterrupt())
except BaseException as e:
    print(type(e))
while True:
    try:
        break
    finally:
        print("break through finally")
