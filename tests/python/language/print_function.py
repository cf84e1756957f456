print()
print("a", "b", sep="-", end="!\n")
print(1, 2, 3, sep="")
print("no newline", end="")
print(" continued")
print(None, True, 1.5, [1], (2,), {"k": "v"}, {1})
print("multi\nline", "tab\tbed")
print(*range(3), sep=", ")
print("flush", flush=True)
print(sep="x")
print("é", "日本", "🎉")
print([None, "quote's", 'dq"', b"bytes", 1e100, "\n"])
class R:
    def __repr__(self): return "R!"
class S(R):
    def __str__(self): return "S?"
print(R(), S(), [R(), S()], f"{R()} {S()} {S()!r}", str(S()), repr(S()))
try:
    print("x", sep=5)
except TypeError as e:
    print(e)
print(print("inner"))
