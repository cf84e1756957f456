def run(exc, label):
    print("--", label)
    try:
        try:
            raise exc
        except* ValueError as group:
            print("values", group.exceptions, repr(group))
        except* (TypeError, KeyError) as group:
            print("types/keys", [repr(e) for e in group.exceptions])
        else:
            print("else")
        finally:
            print("finally")
    except BaseException as e:
        print("left:", type(e).__name__, e, getattr(e, "exceptions", None))


run(ExceptionGroup("g", [ValueError(1), TypeError(2), KeyError(3)]), "all handled")
run(ExceptionGroup("g", [ValueError(1), OSError(2)]), "one left")
run(ExceptionGroup("g", [OSError(2)]), "none handled")
run(ValueError("naked"), "naked")
run(RuntimeError("naked other"), "naked other")
run(ExceptionGroup("outer", [ExceptionGroup("inner", [ValueError(1), OSError(2)]), TypeError(3)]), "nested")

try:
    try:
        raise ExceptionGroup("g", [ValueError(1), TypeError(2)])
    except* ValueError:
        raise RuntimeError("new")
except ExceptionGroup as e:
    print(repr(e), [repr(x) for x in e.exceptions])

try:
    try:
        raise ExceptionGroup("g", [ValueError(1), TypeError(2)])
    except* ValueError:
        raise
except ExceptionGroup as e:
    print(repr(e))

try:
    pass
except* ValueError:
    print("never")
else:
    print("no exception")

eg = ExceptionGroup("top", [ValueError(1), ExceptionGroup("sub", [TypeError(2), ValueError(3)])])
print(eg.subgroup(ValueError))
match_, rest = eg.split(TypeError)
print(repr(match_), repr(rest))
print(eg.message, len(eg.exceptions))
print(eg.subgroup(lambda e: isinstance(e, TypeError)))
try:
    ExceptionGroup("empty", [])
except ValueError as e:
    print(e)
