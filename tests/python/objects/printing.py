import sys
print(); print(1, "a", None, 2.5); print("a", "b", sep=""); print("x", end="!\n"); print(*range(3), sep=", ", end=".\n"); print([], (), {}, set(), sep="|")
print("no newline", end=""); print(); print("multi\nline"); print("tab\there"); print(1, 2, sep="\n"); print("a", "b", sep=None, end=None); print(end="only end\n")
print("to stderr", file=sys.stderr); print("flush", flush=True); sys.stdout.write("written\n"); print(print("inner")); print(True, False); print("é ü 日本 🎉"); print(b"bytes", "")
for bad in ({"sep": 1}, {"end": 5}):
    try: print(1, 2, **bad)
    except TypeError as e: print(e)
class W:
    def __init__(self): self.parts = []
    def write(self, s): self.parts.append(s)
w = W(); print("a", 1, sep="-", file=w); print(w.parts)
print("%s" % "x", "%s %s" % ("a", 1), f"{1}{'a'}", "{}".format([1]), str(1) + "a", repr("a"), "a" "b")
