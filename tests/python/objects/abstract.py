from abc import ABC, abstractmethod, ABCMeta


class Shape(ABC):
    @abstractmethod
    def area(self):
        ...

    @property
    @abstractmethod
    def name(self):
        ...

    def describe(self):
        return f"{self.name} {self.area()}"


class Square(Shape):
    def __init__(self, s):
        self.s = s

    def area(self):
        return self.s ** 2

    @property
    def name(self):
        return "square"


class Half(Shape):
    def area(self):
        return super().area()


print(Square(3).describe(), isinstance(Square(1), Shape), issubclass(Square, ABC))
for c in (Shape, Half):
    try:
        c()
    except TypeError as e:
        print(e)


class Manual(metaclass=ABCMeta):
    @classmethod
    @abstractmethod
    def make(cls): ...

    @staticmethod
    @abstractmethod
    def helper(): ...


try:
    Manual()
except TypeError as e:
    print(e)


class Done(Manual):
    @classmethod
    def make(cls): return cls()

    @staticmethod
    def helper(): return "helped"


print(type(Done.make()).__name__, Done.helper(), sorted(Shape.__abstractmethods__), Done.__abstractmethods__)
print(Half.area(Half.__new__(Square)) if False else "ok")


@Shape.register
class Virtual:
    pass


print(issubclass(Virtual, Shape), isinstance(Virtual(), Shape), isinstance(3, Shape))
