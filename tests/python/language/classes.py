class Animal:
    """Base."""
    count = 0

    def __init__(self, name):
        self.name = name
        Animal.count += 1

    def speak(self):
        return "..."

    def __repr__(self):
        return f"{type(self).__name__}({self.name!r})"

    @classmethod
    def make(cls, name):
        return cls(name)

    @staticmethod
    def helper(x):
        return x * 2

    @property
    def upper(self):
        return self.name.upper()

    @upper.setter
    def upper(self, value):
        self.name = value.lower()


class Dog(Animal):
    def __init__(self, name, breed="mutt"):
        super().__init__(name)
        self.breed = breed

    def speak(self):
        return "Woof, not " + super().speak()


class Loud:
    def speak(self):
        return super().speak().upper() + "!"


class LoudDog(Loud, Dog):
    pass


d = LoudDog.make("Rex")
print(d, d.speak(), d.breed, d.upper, Animal.count)
d.upper = "FIDO"
print(d.name, LoudDog.helper(4), [c.__name__ for c in LoudDog.__mro__])
print(isinstance(d, Animal), issubclass(LoudDog, Loud), Animal.__doc__, Dog.__doc__)
print(hasattr(d, "breed"), getattr(d, "nope", "default"))
try:
    d.nope
except AttributeError as e:
    print(e)
try:
    LoudDog.nope
except AttributeError as e:
    print(e)


class Vector:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __mul__(self, k):
        return Vector(self.x * k, self.y * k)

    __rmul__ = __mul__

    def __eq__(self, other):
        return isinstance(other, Vector) and (self.x, self.y) == (other.x, other.y)

    def __hash__(self):
        return hash((self.x, self.y))

    def __bool__(self):
        return bool(self.x or self.y)

    def __len__(self):
        return 2

    def __getitem__(self, i):
        return (self.x, self.y)[i]

    def __iter__(self):
        yield self.x
        yield self.y

    def __neg__(self):
        return Vector(-self.x, -self.y)

    def __str__(self):
        return f"<{self.x}, {self.y}>"

    def __contains__(self, v):
        return v in (self.x, self.y)

    def __call__(self, scale=1):
        return self * scale

    def __lt__(self, other):
        return self.x < other.x

    def __format__(self, spec):
        return f"V({self.x:{spec}})" if spec else str(self)


v = Vector(1, 2) + Vector(3, 4)
print(v, v * 2, 2 * v, -v, v == Vector(4, 6), v != Vector(4, 6), bool(Vector(0, 0)), len(v), v[1], list(v))
print({Vector(1, 2): "a"}[Vector(1, 2)], 4 in v, 9 in v, str(v(3)), sorted([Vector(3, 0), Vector(1, 0)])[0].x)
print(f"{v} {v:>4} {v!s}")
a, b = v
print(a, b)
try:
    v + 1
except AttributeError as e:
    print(e)
try:
    v - v
except TypeError as e:
    print(e)


class Private:
    def __init__(self):
        self.__secret = 1
        self._hint = 2

    def reveal(self):
        return self.__secret

    def __hidden(self):
        return "hidden"

    def call(self):
        return self.__hidden()


p = Private()
print(p.reveal(), p._Private__secret, p.call(), sorted(vars(p)))
try:
    p.__secret
except AttributeError as e:
    print(e)


class Meta:
    registry = []

    def __init_subclass__(cls, tag=None, **kw):
        super().__init_subclass__(**kw)
        cls.registry.append((cls.__name__, tag))


class A(Meta, tag="first"):
    pass


class B(Meta):
    pass


print(Meta.registry)


class Slots:
    __slots__ = ("a",)


s = Slots()
s.a = 1
try:
    s.b = 2
except AttributeError as e:
    print(e)


def decorate(cls):
    cls.extra = "added"
    return cls


@decorate
class Decorated:
    class Inner:
        value = 5

    def method(self):
        return __class__.__name__


print(Decorated.extra, Decorated.Inner.value, Decorated.Inner.__qualname__, Decorated().method())
print(type(v).__name__, type(Vector), Vector.__module__, type(v) is Vector)


class Counter:
    total = 0

    def bump(self):
        self.total += 1
        return self


c = Counter()
c.bump().bump()
print(c.total, Counter.total, c.__dict__)
del c.total
print(c.total)
