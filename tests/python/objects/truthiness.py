class T:
    def __init__(self, b=None, n=None):
        self.b, self.n = b, n
class HasBool(T):
    def __bool__(self): print("bool"); return self.b
class HasLen(T):
    def __len__(self): print("len"); return self.n
class Both(HasBool, HasLen): pass
for v in (0, 1, 0.0, -0.0, "", "0", [], [0], (), (0,), {}, {0: 0}, set(), None, True, False, b"", b"0", range(0), range(1), object(), T(), len, int, float("nan"), 10 ** 30):
    print(bool(v), end=" ")
print(); print(bool(HasBool(True)), bool(HasBool(False)), bool(HasLen(n=0)), bool(HasLen(n=2)), bool(Both(False, 5)))
print(HasBool(True) and "x", (HasBool(False) or "y"), not HasLen(n=0), "yes" if HasLen(n=1) else "no", [x for x in (HasBool(True),) if x] != [])
while HasBool(False): pass
print(1 and 2 and 3, 1 and 0 and 3, 0 or "" or [], 0 or 2 or 3, not not [], None or "d", (0 or None) is None, all([HasBool(True), 1]), any([0, HasBool(False)]))
def side(v): print("side", v); return v
side(0) and side(1); side(1) or side(2); print(side(1) < side(2) < side(0) < side(5)); print(side(3) if side(0) else side(4))
