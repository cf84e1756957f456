print("start")
def f():
    print("f called")
    return "f"
class K:
    print("class body")
    attr = f()
    def m(self): return "m"
    print("end of class body", attr)
@(lambda fn: print("decorating", fn.__name__) or fn)
def g(x=print("default evaluated")):
    return x
print(g(), K.attr, K().m())
x = [print(i) or i for i in range(2)]
d = {print("key") or "k": print("value") or "v"}
print(d)
a = [0, 0]
def idx(i):
    print("idx", i)
    return i
a[idx(0)], a[idx(1)] = print("rhs 1") or 1, print("rhs 2") or 2
print(a)
def args(*a): return a
print(args(idx(1), *[idx(2)], idx(3)))
print(idx(1) + idx(2) * idx(3), idx(5) if idx(0) else idx(6))
a[idx(0)] += idx(9)
print(a, idx(1) < idx(2) < idx(1))
if __name__ == "__main__":
    print("main")
