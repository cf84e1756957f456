class Temp:
    def __init__(self, c):
        self._c = c

    @property
    def celsius(self):
        """In degrees."""
        return self._c

    @celsius.setter
    def celsius(self, value):
        if value < -273.15:
            raise ValueError("too cold")
        self._c = value

    @celsius.deleter
    def celsius(self):
        print("deleting")
        del self._c

    @property
    def fahrenheit(self):
        return self._c * 9 / 5 + 32

    only = property(lambda self: "ro", doc="docs")
    write = property(fset=lambda self, v: print("set", v))


t = Temp(20)
print(t.celsius, t.fahrenheit)
t.celsius = 30
print(t.celsius, t.fahrenheit, Temp.celsius.__doc__, Temp.only.__doc__)
try:
    t.celsius = -300
except ValueError as e:
    print(e)
for code in ("t.fahrenheit = 1", "del t.fahrenheit", "t.write"):
    try:
        if code.startswith("del"):
            del t.fahrenheit
        elif code == "t.write":
            t.write
        else:
            t.fahrenheit = 1
    except AttributeError as e:
        print(e)
t.write = 7
del t.celsius
try:
    t.celsius
except AttributeError as e:
    print(e)
print(isinstance(Temp.celsius, property), Temp.celsius.fget(Temp(3)))


class Sub(Temp):
    @property
    def celsius(self):
        return super().celsius + 1

    @Temp.fahrenheit.getter
    def fahrenheit(self):
        return "sub"


s = Sub(5)
print(s.celsius, s.fahrenheit)
try:
    s.celsius = 1
except AttributeError as e:
    print(e)


class Typed:
    def __set_name__(self, owner, name):
        self.name = name
        print("named", owner.__name__, name)

    def __get__(self, obj, objtype=None):
        if obj is None:
            return self
        return obj.__dict__.get(self.name, "unset")

    def __set__(self, obj, value):
        if not isinstance(value, int):
            raise TypeError(f"{self.name} must be int")
        obj.__dict__[self.name] = value

    def __delete__(self, obj):
        print("delete", self.name)
        obj.__dict__.pop(self.name, None)


class Model:
    a = Typed()
    b = Typed()


m = Model()
print(m.a)
m.a = 3
print(m.a, m.b, m.__dict__)
try:
    m.b = "x"
except TypeError as e:
    print(e)
del m.a
print(m.a, isinstance(Model.a, Typed))


class NonData:
    def __get__(self, obj, objtype=None):
        return "from descriptor"


class H:
    attr = NonData()


h = H()
print(h.attr, H.attr)
h.attr = "own"
print(h.attr)


class Lazy:
    def __init__(self, f):
        self.f = f

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, obj, owner):
        if obj is None:
            return self
        value = self.f(obj)
        setattr(obj, self.name, value)
        return value


class Uses:
    @Lazy
    def heavy(self):
        print("computing")
        return 42


u = Uses()
print(u.heavy, u.heavy)
