class V:
    def __init__(self, *c):
        self.c = tuple(c)

    def __repr__(self):
        return "V" + repr(self.c)

    def __add__(self, o):
        if not isinstance(o, V):
            return NotImplemented
        return V(*(a + b for a, b in zip(self.c, o.c)))

    def __sub__(self, o):
        return V(*(a - b for a, b in zip(self.c, o.c)))

    def __mul__(self, k):
        if isinstance(k, (int, float)):
            return V(*(a * k for a in self.c))
        return NotImplemented

    __rmul__ = __mul__

    def __truediv__(self, k):
        return V(*(a / k for a in self.c))

    def __floordiv__(self, k):
        return V(*(a // k for a in self.c))

    def __mod__(self, k):
        return V(*(a % k for a in self.c))

    def __pow__(self, k, m=None):
        return ("pow", k, m)

    def __matmul__(self, o):
        return sum(a * b for a, b in zip(self.c, o.c))

    def __neg__(self):
        return V(*(-a for a in self.c))

    def __pos__(self):
        return self

    def __abs__(self):
        return sum(a * a for a in self.c) ** 0.5

    def __invert__(self):
        return "inverted"

    def __eq__(self, o):
        return isinstance(o, V) and self.c == o.c

    def __hash__(self):
        return hash(self.c)

    def __lt__(self, o):
        return self.c < o.c

    def __le__(self, o):
        return self.c <= o.c

    def __bool__(self):
        return any(self.c)

    def __len__(self):
        return len(self.c)

    def __getitem__(self, i):
        return self.c[i]

    def __contains__(self, x):
        return x in self.c

    def __iter__(self):
        return iter(self.c)

    def __and__(self, o): return "and"
    def __or__(self, o): return "or"
    def __xor__(self, o): return "xor"
    def __lshift__(self, o): return "lshift"
    def __rshift__(self, o): return "rshift"
    def __radd__(self, o): return ("radd", o)
    def __rsub__(self, o): return ("rsub", o)
    def __rtruediv__(self, o): return ("rtruediv", o)
    def __rfloordiv__(self, o): return ("rfloordiv", o)
    def __rmod__(self, o): return ("rmod", o)
    def __rpow__(self, o): return ("rpow", o)
    def __rand__(self, o): return ("rand", o)
    def __ror__(self, o): return ("ror", o)
    def __divmod__(self, o): return ("divmod", o)
    def __rdivmod__(self, o): return ("rdivmod", o)
    def __round__(self, n=None): return ("round", n)
    def __index__(self): return 7
    def __int__(self): return 8
    def __float__(self): return 9.5


a, b = V(1, 2), V(3, 4)
print(a + b, a - b, a * 2, 2 * a, a / 2, a // 2, a % 2, a ** 3, a @ b, -a, +a, abs(V(3, 4)), ~a)
print(a == V(1, 2), a != b, a < b, a <= b, a > b, a >= b, bool(V(0, 0)), len(a), a[0], a[-1], 2 in a, list(a))
print(a & b, a | b, a ^ b, a << b, a >> b)
print(1 + a, 1 - a, 1 / a, 1 // a, 1 % a, 1 ** a, 1 & a, 1 | a, divmod(a, 2), divmod(2, a), round(a), round(a, 2))
print([0, 1, 2, 3, 4, 5, 6, "seven"][a], int(a), float(a), hex(a), pow(a, 2), pow(a, 2, 5))
print({a: 1}[V(1, 2)], len({a, V(1, 2), b}))
x, y = a
print(x, y, max(a, b), sorted([b, a]), a and "yes", V() or "no")
print(sum([a, b], V(0, 0)))
c = a
c += b
print(c, a, c is a)
for op in ("a + 1", "'s' * a", "a < 1"):
    try:
        print(a + 1 if op == "a + 1" else "s" * a if op == "'s' * a" else a < 1)
    except (TypeError, AttributeError) as e:
        print(type(e).__name__, e)


class Acc:
    def __init__(self):
        self.log = []

    def __iadd__(self, o):
        self.log.append(("+", o))
        return self

    def __isub__(self, o):
        self.log.append(("-", o))
        return self

    def __imul__(self, o):
        return NotImplemented

    def __mul__(self, o):
        return "mul"

    def __ior__(self, o):
        self.log.append(("|", o))
        return self


acc = Acc()
same = acc
acc += 1
acc -= 2
acc |= 3
print(acc is same, acc.log)
acc *= 2
print(acc)


class P:
    def __add__(self, o): return "P.add"
    def __radd__(self, o): return "P.radd"


class C(P):
    def __radd__(self, o): return "C.radd"


print(P() + C(), C() + P(), P() + P(), 1 + C())


class Same:
    def __add__(self, o): return NotImplemented
    def __radd__(self, o): print("never for the same type"); return 1


try:
    Same() + Same()
except TypeError as e:
    print(e)
