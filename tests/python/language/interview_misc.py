import sys
print([i for i in range(1, 16)][::3], ["FizzBuzz" if i % 15 == 0 else "Fizz" if i % 3 == 0 else "Buzz" if i % 5 == 0 else i for i in range(1, 16)])
def f(a, /, b, *args, c, d=4, **kw): return a, b, args, c, d, kw
print(f(1, 2, 3, c=5), f(1, b=2, c=3, z=9), f(*[1, 2], **{"c": 3}))
for bad in (lambda: f(), lambda: f(1), lambda: f(1, 2), lambda: f(a=1, b=2, c=3), lambda: f(1, 2, c=3, c2=4, **{"d": 1, "b": 5}), lambda: (lambda x: x)(), lambda: (lambda: 0)(1), lambda: (lambda x, y=1: x)(1, 2, 3), lambda: (lambda *, k: k)(), lambda: (lambda x: x)(y=1), lambda: (lambda x: x)(1, x=2), lambda: int(1, 2, 3), lambda: len(), lambda: len([], []), lambda: print(foo=1), lambda: "a".upper(1), lambda: [].append(), lambda: dict(1, 2), lambda: sorted(), lambda: range(), lambda: isinstance(1), lambda: sum(), lambda: object(1), lambda: [].sort(1)):
    try: bad()
    except TypeError as e: print(e)
class P:
    def m(self): pass
    @classmethod
    def c(cls, x): pass
    @staticmethod
    def s(x): pass
for bad in (lambda: P().m(1), lambda: P.m(), lambda: P.c(), lambda: P.s(), lambda: P(1), lambda: P().zzz(), lambda: P.zzz):
    try: bad()
    except (TypeError, AttributeError) as e: print(e)
x = [1, 2, 3]; y = x; y = y + [4]; print(x, y); y = x; y += [4]; print(x, y is x)
def g(n=[]): n.append(len(n)); return n
print(g(), g(), g.__defaults__)
print(0.1 + 0.2, 1 / 3, 10 // 3, -10 // 3, 2 ** 0.5, 7 % -3, True + True, "3" * 3, [1] * 2, None is None, () is (), 1 < 2 < 3, 1 < 3 > 2, not [] and not 0, [] or "default", 0 and 1, "" or None)
a = b = 5; a, b = b, a + b; print(a, b, *(i for i in "ab"), sep="|")
print("%s and %s" % ("a", "b"), "{:>5}|{:<5}|{:^5}".format(1, 2, 3), f"{1 + 1=}", f"{'a':*^5}", "a" "b", 'it\'s', """multi
line""", r"raw\n", b"bytes", "\u00e9", len("é"))
import math
print(type(1), type(1.0), type("a"), type(None), type([]), type(()), type({}), type(set()), type(lambda: 0), type(print), type(P), type(P()), type(P().m), type(len), type(range(1)), type(iter([])), type(x for x in []), type(math), type(NotImplemented), type(...), type(b""), type(True), type(type), type(slice(1)), type({}.keys()), type({}.items()), type(zip()), type(map(str, [])), type(ValueError()), type(property()), type(enumerate([])), type(reversed([])), type(iter({})), type(iter("")), type(iter(range(1))), type(iter(())))
print(repr(P).split(".")[-1], str(ValueError("x")), repr(ValueError("x")), repr(ValueError("x", 1)), repr(KeyError("k")), bool(P()), P() == P(), hash(P) == hash(P), isinstance(P, type), P.__name__, P.__module__, P.__doc__, P().__class__.__name__)
print(sorted({"b": 1, "a": 2}.items()), sorted("hello", key=lambda c: (-ord(c))), list(map(lambda x, y: x * y, [1, 2], [3, 4])), list(filter(lambda n: n % 2, range(6))), any(x > 2 for x in [1, 2]), all([]), min("b", "a"), max([3, 1], default=0), max([], default="none"), sum(range(101)), abs(-5), round(-1.5), divmod(17, 5), pow(2, 5, 7), hex(255), int("11", 2), chr(65), ord("A"), list(zip("ab", (1, 2))), dict(enumerate("ab")), [*range(3)], {**{"a": 1}}, (lambda *a: a)(*"ab"))
del x
try: x
except NameError as e: print(e)
while True:
    try:
        n = int("12x")
    except ValueError as e: print(e); break
    else: print("no")
    finally: print("always")
for i in range(3):
    if i == 5: break
else: print("no break")
print([[j for j in range(i)] for i in range(4)], {i: i ** 2 for i in range(3)}, {c for c in "aab"} == {"a", "b"}, [x for x in range(20) if x % 2 if x % 3], [(a, b) for a in "ab" for b in (1, 2)])
assert 1 == 1, "never"
try: assert 1 == 2, "math broke"
except AssertionError as e: print(repr(e))
try:
    try: raise ValueError("a")
    except ValueError as e: raise TypeError("b") from e
except TypeError as e: print(repr(e), repr(e.__cause__), repr(e.__context__))
print(__name__, [n for n in dir() if n in ("P", "f", "g")], sys.version_info >= (3, 8))
