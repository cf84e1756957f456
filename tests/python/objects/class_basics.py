class Point:
    """A point."""
    dimensions = 2

    def __init__(self, x=0, y=0):
        self.x = x
        self.y = y

    def moved(self, dx, dy=0):
        return Point(self.x + dx, self.y + dy)

    def __repr__(self):
        return f"Point({self.x!r}, {self.y!r})"


p = Point(1, 2)
print(p, p.moved(3), p.moved(dy=5, dx=1))
print(Point.__name__, Point.__qualname__, Point.__module__, Point.__doc__)
print(type(p), type(p) is Point, p.__class__.__name__, isinstance(p, Point), isinstance(p, object))
print(p.__dict__, vars(p) is p.__dict__)
p.__dict__["z"] = 9
print(p.z, p.__dict__)
p.__dict__.update(a=1, b=2)
print(p.a + p.b, sorted(vars(p)))
del p.z
print(hasattr(p, "z"), hasattr(p, "x"), getattr(p, "z", "none"))
setattr(p, "name", "origin")
print(p.name, Point.dimensions, p.dimensions)
p.dimensions = 3
print(p.dimensions, Point.dimensions)
Point.dimensions = 4
print(Point(0).dimensions, p.dimensions)
delattr(p, "dimensions")
print(p.dimensions)
print(Point.moved(p, 1), callable(p), callable(Point), callable(p.moved))
m = p.moved
print(m(10), m.__self__ is p, m.__func__ is Point.moved, m.__name__)
print(Point.__bases__, Point.__mro__)


class Empty:
    pass


e = Empty()
e.value = 1
print(e.value, Empty.__doc__, e.__doc__)
Empty.shared = []
e.shared.append(1)
print(Empty().shared)


def outer():
    class Inner:
        def method(self):
            pass
    return Inner


print(outer().__qualname__, outer().method.__qualname__)
x = 5


class Scope:
    x = x + 1
    y = [x, x]

    def get(self):
        return x


print(Scope.x, Scope.y, Scope().get())
print(type("Made", (Point,), {"k": 1, "hello": lambda self: self.k})().hello())
Made = type("Made", (), {})
print(Made, Made.__name__, Made().__class__)
