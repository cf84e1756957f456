class Animal:
    kind = "animal"

    def __init__(self, name):
        self.name = name

    def speak(self):
        return "..."

    def describe(self):
        return f"{self.name} the {self.kind} says {self.speak()}"


class Dog(Animal):
    kind = "dog"

    def speak(self):
        return "woof"


class Puppy(Dog):
    def __init__(self, name, age):
        super().__init__(name)
        self.age = age

    def speak(self):
        return super().speak() + "!" * self.age

    def describe(self):
        return super(Puppy, self).describe().upper()


for a in (Animal("generic"), Dog("rex"), Puppy("bit", 3)):
    print(a.describe())
print(issubclass(Puppy, Animal), issubclass(Animal, Dog), isinstance(Puppy("a", 1), (int, Dog)))


class Base:
    def __init__(self):
        print("Base")
        super().__init__()


class Left(Base):
    def __init__(self):
        print("Left")
        super().__init__()

    def who(self):
        return "left"


class Right(Base):
    def __init__(self):
        print("Right")
        super().__init__()

    def who(self):
        return "right"


class Bottom(Left, Right):
    def __init__(self):
        print("Bottom")
        super().__init__()

    def who(self):
        return [super().who(), super(Left, self).who()]


print(Bottom().who())
print([c.__name__ for c in Bottom.__mro__])
print([c.__name__ for c in Bottom.mro()])


class X:
    pass


class Y(X):
    pass


try:
    class Z(X, Y):
        pass
except TypeError as e:
    print(e)


class Mixin:
    def to_dict(self):
        return {k: v for k, v in self.__dict__.items() if not k.startswith("_")}


class Rec(Mixin, Animal):
    def __init__(self):
        Animal.__init__(self, "rec")
        self._hidden = 1
        self.shown = 2


print(Rec().to_dict())
print(Base.__subclasses__() == [Left, Right])


class Counter:
    count = 0

    def __init__(self):
        Counter.count += 1
        self.id = self.count


print([Counter().id for _ in range(3)], Counter.count)


class Root:
    @classmethod
    def create(cls, *args):
        return cls(*args)

    @classmethod
    def label(cls):
        return "root:" + cls.__name__


class Leaf(Root):
    @classmethod
    def label(cls):
        return "leaf," + super().label()

    @staticmethod
    def helper(x):
        return x * 2

    def use(self):
        return self.helper(4), type(self).helper(5), self.label()


print(Leaf.create().use(), Root.label())
print(super(Leaf, Leaf).label())
