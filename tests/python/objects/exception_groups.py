def show(e, depth=0):
    pad = "  " * depth
    if isinstance(e, BaseExceptionGroup):
        print(pad + type(e).__name__, e.message, len(e.exceptions))
        for x in e.exceptions:
            show(x, depth + 1)
    else:
        print(pad + repr(e))


eg = ExceptionGroup("top", [ValueError("a"), ExceptionGroup("in", [TypeError("t"), KeyError("k")]), OSError("o")])
show(eg)
print(repr(eg), "|", str(eg), "|", eg.args[0])
print(eg.exceptions[0], type(eg.exceptions))
m, r = eg.split(TypeError)
show(m)
show(r)
print(eg.split(IndexError)[0], eg.subgroup(IndexError))
show(eg.subgroup(lambda e: isinstance(e, (KeyError, OSError))))
show(eg.subgroup((ValueError, TypeError)))
print(eg.split(ExceptionGroup)[0] is eg, eg.subgroup(Exception) is eg)
try:
    raise eg
except* ValueError as g:
    print("ValueError", g.exceptions)
except* (TypeError, KeyError) as g:
    show(g)
except* OSError as g:
    print("OSError", repr(g))
try:
    try:
        raise eg
    except* ValueError:
        print("took the ValueError")
except ExceptionGroup as rest:
    show(rest)
try:
    raise ValueError("plain")
except* ValueError as g:
    print(repr(g))
try:
    try:
        raise ExceptionGroup("x", [ValueError(1)])
    except* ValueError:
        raise KeyError("new")
except ExceptionGroup as g:
    show(g)
except KeyError as k:
    print("bare", repr(k))
try:
    try:
        raise ExceptionGroup("two", [ValueError(1), TypeError(2)])
    except* ValueError:
        raise KeyError("n1")
    except* TypeError:
        raise IndexError("n2")
except ExceptionGroup as g:
    show(g)
for args in (("m",), ("m", []), ("m", [1]), (1, [ValueError()]), ("m", 5), ("m", [KeyboardInterrupt()])):
    try:
        print(repr(ExceptionGroup(*args)))
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
b = BaseExceptionGroup("b", [KeyboardInterrupt(), ValueError()])
print(type(b).__name__, isinstance(b, Exception))
print(type(BaseExceptionGroup("b", [ValueError()])).__name__)


class MyGroup(ExceptionGroup):
    def derive(self, excs):
        return MyGroup(self.message, excs)


g = MyGroup("mine", [ValueError(1), TypeError(2)])
m, r = g.split(ValueError)
print(type(m).__name__, type(r).__name__, m, r)
g.add_note("noted")
print(g.subgroup(ValueError).__notes__)
d = eg.derive([ValueError("z")])
print(repr(d), type(d).__name__)
try:
    raise eg from KeyError("cause")
except ExceptionGroup as e:
    m, r = e.split(ValueError)
    print(repr(m.__cause__), repr(r.__cause__))
