x = 1
del x
try: print(x)
except NameError as e: print(e)
l = [1, 2, 3, 4]
del l[0], l[-1]
print(l)
d = {"a": 1, "b": 2}
del d["a"]
print(d)
class O: pass
o = O(); o.x = 1
del o.x
try: o.x
except AttributeError as e: print(e)
def f():
    y = 1
    del y
    try: return y
    except UnboundLocalError as e: return str(e)
print(f())
def g(a, b):
    del a
    a = b * 2
    return a
print(g(1, 2))
a, b = 1, 2
del (a, b)
try: b
except NameError as e: print(e)
try: del undefined
except NameError as e: print(e)
try: del d["zz"]
except KeyError as e: print("KeyError", e)
try: del l[10]
except IndexError as e: print(e)
def loop():
    for i in range(3):
        t = i
        del t
    try: t
    except UnboundLocalError: return "unbound"
print(loop())
