class Temp:
    def __init__(self, c):
        self._c = c
    @property
    def celsius(self):
        "Degrees."
        return self._c
    @celsius.setter
    def celsius(self, v):
        if v < -273:
            raise ValueError("too cold")
        self._c = v
    @celsius.deleter
    def celsius(self):
        print("deleted")
        self._c = None
    @property
    def f(self):
        return self._c * 9 / 5 + 32
t = Temp(100)
print(t.celsius, t.f)
t.celsius = 0
print(t.f)
try:
    t.celsius = -300
except ValueError as e:
    print(e)
try:
    t.f = 1
except AttributeError as e:
    print(e)
del t.celsius
print(t._c, type(Temp.celsius).__name__)
class G:
    def __getattr__(self, name):
        if name.startswith("dyn_"):
            return name[4:]
        raise AttributeError(f"no {name}")
    def __setattr__(self, name, value):
        print("set", name)
        super().__setattr__(name, value)
g = G()
g.x = 1
print(g.x, g.dyn_thing, hasattr(g, "zip"), getattr(g, "dyn_q"))
try:
    g.other
except AttributeError as e:
    print(e)
class Static:
    count = 0
    @classmethod
    def make(cls):
        cls.count += 1
        return cls()
    @staticmethod
    def add(a, b):
        return a + b
class Sub(Static): pass
Sub.make(); Sub.make(); Static.make()
print(Static.count, Sub.count, Static.add(1, 2), Sub().add(3, 4))
m = Static.make
print(type(m()).__name__)
setattr(t, "new", 5)
print(getattr(t, "new"), t.__dict__)
delattr(t, "new")
print(hasattr(t, "new"))
