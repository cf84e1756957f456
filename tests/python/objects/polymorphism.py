class Shape:
    def area(self): raise NotImplementedError
    def __lt__(self, o): return self.area() < o.area()
    def __str__(self): return f"{type(self).__name__} of {self.area():.2f}"
class Circle(Shape):
    def __init__(self, r): self.r = r
    def area(self): return 3.14159 * self.r ** 2
class Rect(Shape):
    def __init__(self, w, h): self.w, self.h = w, h
    def area(self): return self.w * self.h
class Square(Rect):
    def __init__(self, s): super().__init__(s, s)
    def __str__(self): return "Square: " + super().__str__()
shapes = [Circle(1), Rect(2, 3), Square(2)]
for s in sorted(shapes): print(s, isinstance(s, Rect), type(s) is Rect, issubclass(type(s), Shape))
print(max(shapes), sum(s.area() for s in shapes), [type(s).__name__ for s in shapes], {type(s): s.area() for s in shapes}[Square])
try: print(Shape())
except NotImplementedError as e: print(repr(e))
for cls in (Circle, Rect, Square):
    try: cls()
    except TypeError as e: print(e)
class Duck:
    def area(self): return 1
print(Square(1).area() == Duck().area(), Circle(0) < Duck(), hasattr(Duck(), "area"))
