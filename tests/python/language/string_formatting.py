for spec in ("", "5", "<5", ">5", "^5", "05", "+", "x", "#x", "b", "o", "e", ".2f", ",", "_", "%", "c", "n"):
    try: print(repr(spec), format(65, spec))
    except ValueError as e: print(repr(spec), e)
for spec in ("", ".2f", "10.3f", "e", "g", ".3g", "%", "+.1f", ",.2f", "010.2f", "<10.1f|"):
    try: print(repr(spec), format(1234.5678, spec))
    except ValueError as e: print(repr(spec), e)
for spec in ("", "10", ">10", "^10", "*<10", ".2", "s", "d"):
    try: print(repr(spec), format("abc", spec))
    except ValueError as e: print(repr(spec), e)
print("%d %5d %-5d| %05d %+d %x %X %o %e %g %s %r %c %%" % (1, 2, 3, 4, 5, 255, 255, 8, 1.5, 0.0001, "s", "r", "c"))
print("%(a)s %(b)03d" % {"a": "x", "b": 7}, "%s" % (1,), "%s" % [1, 2], "%5.1f|%-8s|" % (3.14159, "ab"))
try: "%d" % "x"
except TypeError as e: print(e)
try: "%s %s" % (1,)
except TypeError as e: print(e)
try: "{} {}".format(1)
except IndexError as e: print(e)
try: "{x}".format()
except KeyError as e: print("KeyError", e)
print("{0}{1}{0}".format(1, 2), "{:{w}.{p}}".format(3.14159, w=8, p=3), "{!r:>6}".format("a"), "{{}}".format())
import math
print(f"{math.pi:.3f} {10:>{5}} {'x' * 3!r} {3 > 2} {[i for i in range(3)]} {1:=^7} {0.1 + 0.2:.17g}")
x = 3
print(f"{x=} {x + 1 = } {x:>5=}" if False else f"{x=} {x + 1 = }")
