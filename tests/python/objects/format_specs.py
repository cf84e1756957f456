for spec in ("", "d", "5", "<5", ">5", "^5", "05", "+", " ", ",", "_", "x", "X", "#x", "b", "#b", "o", "#o", "c", "e", ".2f", "8.3f", "g", "%", "n", "+08d", "*^9", "=+6", "010,"):
    print(repr(format(65, spec)), end=" ")
print()
for spec in ("", "f", ".0f", ".3f", "10.2f", "<10.1f", "+.1f", "e", ".1e", "E", "g", ".3g", "G", "%", ".1%", ",", ",.2f", "_", "012.3f", "*>9.1f", "#.0f", "n", "z.1f"):
    print(repr(format(1234.5678, spec)), end=" ")
print()
for v in (0.0, -0.0, 1.0, 1e20, 1e-5, 123456789.0, float("inf"), float("nan"), 0.1, 2.5, 1e16, 1e15):
    print(f"{v} {v:g} {v:.2f} {v:e} {v:.3g}", end=" | ")
print()
for spec in ("", "s", "10", "<10", ">10", "^10", ".2", "5.2", "*^7", "x<4", "010"):
    print(repr(format("abc", spec)), end=" ")
print(); w, p, v = 10, 3, 3.14159
print(f"{v:{w}.{p}f}|{v:>{w}}|{v!r:<{w}}|{'s':*>{5}}|{v:.{p}}|{5:0{w}d}|{True:>6}|{True:d}|{None!s:>6}|{[1]!s:>5}|{(1, 2)}")
print(f"{1 + 1 = } {w=} {w = } {v=:.2f} {'a'=}")
print("{:<5}|{:>5}|{:^5}|".format(1, "a", "n"), "{0:>{1}}".format("x", 4), "{a[0]} {a[1]} {b.real}".format(a=[1, 2], b=3), "{:%}".format(0.5), "{!r} {!s} {!a}".format("é", "é", "é"))
print("%5d|%-5d|%05d|%+d|% d|%x|%X|%#x|%o|%e|%.2f|%g|%s|%r|%c|%%|%5.1f|%-8s|%8s|%.2s" % (1, 2, 3, 4, 5, 255, 255, 255, 8, 1234.5, 3.14159, 0.0001, "s", "r", "c", 2.25, "left", "right", "cut"))
for bad in (lambda: format("a", "d"), lambda: format(1, "s"), lambda: format(1.5, "d"), lambda: format("a", "+"), lambda: format(1, ".2d"), lambda: format([], "5"), lambda: format(None, "5"), lambda: format("a", "="), lambda: format(1, ",s")):
    try: print(bad())
    except (ValueError, TypeError) as e: print(type(e).__name__, e)
