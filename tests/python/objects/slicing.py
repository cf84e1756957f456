l = list(range(10)); s = "abcdefghij"; t = tuple(l)
for sl in (slice(2, 5), slice(None, 3), slice(-3, None), slice(None, None, 2), slice(None, None, -1), slice(8, 2, -2), slice(5, 2), slice(-100, 100), slice(3, 3), slice(None, None, -3)):
    print(l[sl], s[sl], t[sl], sl.indices(10))
a = l[:]; a[2:5] = ["x"]; print(a); a[1:1] = [7, 8]; print(a); a[::3] = [0] * len(a[::3]); print(a); a[:] = [1, 2, 3, 4]; print(a); a[1:3] = []; print(a); a[5:] = [9]; print(a); a[-1:] = "zz"; print(a)
del a[::2]; print(a); b = list(range(6)); del b[1:4]; print(b); del b[:]; print(b); b = list(range(6)); del b[-1], b[0]; print(b); del b[::-2]; print(b)
for f in (lambda: l[::0], lambda: l.__setitem__(slice(0, 4, 2), [1]), lambda: s[1.5], lambda: l["a":], lambda: t[[]]):
    try: f()
    except (ValueError, TypeError) as e: print(type(e).__name__, e)
class Seq:
    def __getitem__(self, k): return k
q = Seq(); print(q[1], q[1:2], q[::2], q[1, 2], q[1:2, ::3], q[...], q[()], q["a"], q[-1], q[None:None])
print("hello"[1:-1], "hello"[::-1], "abc"[5:], "abc"[-1], "a,b"[:-2], [1, 2, 3][-2:][0], range(10)[2:8:3], range(10)[::-1], list(range(10)[-3:]), (1, 2, 3)[:2] + (9,), b"abc"[1:], [[1, 2], [3]][0][1:])
