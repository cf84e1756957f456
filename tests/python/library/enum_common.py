import enum
from enum import Enum, Flag, IntEnum, IntFlag, StrEnum, auto, unique


class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = 3
    CRIMSON = 1

    def describe(self):
        return f"{self.name.lower()}={self.value}"

    @property
    def hexa(self):
        return f"#{self.value:06x}"

    @classmethod
    def default(cls):
        return cls.GREEN


print(Color.RED, repr(Color.RED), Color.RED.name, Color.RED.value, Color(2), Color["BLUE"])
print(list(Color), len(Color), Color.CRIMSON is Color.RED, Color.RED == Color.RED, Color.RED == 1)
print(Color.GREEN.describe(), Color.RED.hexa, Color.default(), Color.RED in Color, type(Color.RED), Color)
print({Color.RED: "r"}[Color(1)], isinstance(Color.RED, Color), f"{Color.RED}", f"{Color.RED!r:>20}")
print(Color.__members__.keys() if False else list(Color.__members__), [c.name for c in reversed(Color)])


class State(Enum):
    IDLE = auto()
    RUNNING = auto()
    DONE = auto()


print([(s.name, s.value) for s in State], State.RUNNING is State(2), State.IDLE != State.DONE)


class Priority(IntEnum):
    LOW = 1
    HIGH = 10


print(Priority.HIGH > Priority.LOW, Priority.LOW + 1, sorted([Priority.HIGH, Priority.LOW]), Priority.HIGH,
      repr(Priority.HIGH), f"{Priority.HIGH:3d}", Priority(10), int(Priority.LOW), Priority.HIGH == 10)


class Mode(StrEnum):
    READ = auto()
    WRITE = "w"


print(Mode.READ, repr(Mode.WRITE), Mode.WRITE == "w", Mode("read"), Mode.READ.upper(), "-".join(Mode), f"{Mode.READ:>6}")


class Perm(Flag):
    R = auto()
    W = auto()
    X = auto()
    RW = R | W


rw = Perm.R | Perm.W
print(rw, repr(rw), Perm.R in rw, Perm.X in rw, rw & Perm.W, rw ^ Perm.R, ~Perm.R, bool(Perm.R & Perm.X), list(Perm), Perm(5), Perm(0))


class Bits(IntFlag):
    A = 1
    B = 2


print(Bits.A | Bits.B, repr(Bits.A | Bits.B), Bits.A + 1, Bits(3), repr(Bits(0)))


class Planet(Enum):
    EARTH = (5.97e24, 6.37e6)
    MARS = (6.42e23, 3.39e6)

    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius

    def __str__(self):
        return f"planet {self.name.title()}"


print(Planet.EARTH.mass, Planet.MARS, repr(Planet.MARS), Planet.EARTH.value)
for call in (lambda: Color(9), lambda: Color["PINK"], lambda: setattr(Color, "RED", 5), lambda: Color.RED < Color.BLUE,
             lambda: Color.YELLOW):
    try:
        call()
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        print(type(error).__name__, error)
try:
    @unique
    class Dup(Enum):
        A = 1
        B = 1
except ValueError as error:
    print(error)
Animal = Enum("Animal", "CAT DOG")
print(list(Animal), Animal.CAT.value)
match Color.RED:
    case Color.GREEN:
        print("green")
    case Color.RED:
        print("red")


class Status(Enum):
    OK = "ok"
    UNKNOWN = "unknown"

    @classmethod
    def _missing_(cls, value):
        return cls.UNKNOWN


print(Status("weird"), Status("ok"), isinstance(Color, enum.EnumMeta))


class Shape(Enum):
    SQUARE = "s"
    CIRCLE = "c"

    def area(self, n):
        match self:
            case Shape.SQUARE:
                return n * n
            case Shape.CIRCLE:
                return 3 * n * n


print(Shape.CIRCLE.area(2), {s: s.area(1) for s in Shape})
