import weakref, gc
class Res:
    def __init__(self, n): self.n = n; print("open", n)
    def __del__(self): print("del", self.n)
def use():
    r = Res("local")
    print("in use")
use()
print("after use")
a = Res("a")
a = None
print("rebound")
b = Res("b")
c = b
del b
print("still there")
del c
print("gone")
lst = [Res(i) for i in range(2)]
lst.pop()
lst.clear()
d = {"x": Res("dict")}
del d["x"]
def ret(): return Res("ret")
ret()
print("temp gone")
ret().n
obj = Res("w")
ref = weakref.ref(obj)
print(ref() is obj)
del obj
print(ref())
class Node: pass
n = Node(); wd = weakref.WeakValueDictionary(); wd["n"] = n
print("n" in wd, len(wd)); del n; print("n" in wd)
try:
    z = Res("exc"); raise ValueError
except ValueError: pass
z = 1
last = Res("last")
print("end")
