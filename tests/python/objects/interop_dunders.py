class Money:
    def __init__(self, n, cur="EUR"): self.n, self.cur = n, cur
    def __eq__(self, o): return (self.n, self.cur) == (o.n, o.cur) if isinstance(o, Money) else NotImplemented
    def __hash__(self): return hash((self.n, self.cur))
    def __lt__(self, o):
        if not isinstance(o, Money): return NotImplemented
        if o.cur != self.cur: raise ValueError("currencies differ")
        return self.n < o.n
    def __add__(self, o): return Money(self.n + o.n, self.cur) if isinstance(o, Money) else NotImplemented
    def __radd__(self, o): return self if o == 0 else NotImplemented
    def __mul__(self, k): return Money(self.n * k, self.cur)
    __rmul__ = __mul__
    def __neg__(self): return Money(-self.n, self.cur)
    def __bool__(self): return self.n != 0
    def __int__(self): return int(self.n)
    def __float__(self): return float(self.n)
    def __round__(self, d=0): return Money(round(self.n, d), self.cur)
    def __format__(self, spec): return f"{format(self.n, spec or '.2f')} {self.cur}"
    def __str__(self): return format(self)
    def __repr__(self): return f"Money({self.n!r}, {self.cur!r})"
    def __iter__(self): yield self.n; yield self.cur
a, b = Money(5), Money(7.256)
print(a + b, sum([a, b]), 2 * a, a * 3, -a, bool(Money(0)), int(b), float(a), round(b, 1), f"{b:.1f}|{b}", [a, b], a < b, a == Money(5), a != b, {a: "k"}[Money(5)], [*a], dict([a]), max(a, b))
for f in (lambda: a + 1, lambda: 1 + a, lambda: a < 1, lambda: a < Money(1, "USD"), lambda: a == 1, lambda: a - b, lambda: a > "x"):
    try: print(f())
    except (TypeError, ValueError) as e: print(type(e).__name__, e)
n, c = a; print(n, c)
class Temp:
    def __enter__(self): print("in"); return self
    def __exit__(self, *x): print("out", x[0] is None)
    def __len__(self): return 3
    def __getitem__(self, i):
        if i >= 3: raise IndexError
        return i * 10
    def __contains__(self, x): return x == "magic"
    def __reversed__(self): return iter(["r"])
    def __call__(self, *a): return a
    def __index__(self): return 2
    def __invert__(self): return "inv"
    def __divmod__(self, o): return ("dm", o)
    def __bytes__(self): return b"bytes!"
    def __dir__(self): return ["b", "a"]
    def __sizeof__(self): return 1
with Temp() as t: print(list(t), "magic" in t, 5 in t, list(reversed(t)), t(1), [7, 8, 9][t], ~t, divmod(t, 3), bytes(t), dir(t), len(t), range(t), "ab" * t, hex(t), bool(t))
