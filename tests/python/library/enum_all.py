from enum import Enum, IntEnum, Flag, IntFlag, StrEnum, auto, unique
class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = 3
    CRIMSON = 1
    @property
    def pretty(self): return self.name.title()
    @classmethod
    def default(cls): return cls.GREEN
class Perm(Flag):
    R = auto()
    W = auto()
    X = auto()
    RW = R | W
class Level(IntEnum):
    LOW = 10
    HIGH = 20
class Mode(StrEnum):
    FAST = auto()
    SLOW = "slow-mode"
class Planet(Enum):
    EARTH = (5.97, 6.37)
    MARS = (0.64, 3.39)
    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius
    @property
    def density(self): return round(self.mass / self.radius ** 3, 4)
class Auto(Enum):
    A = auto()
    B = auto()
    C = 10
    D = auto()
class Op(IntFlag):
    ADD = 1
    DEL = 2
print(Color.RED, repr(Color.RED), Color.RED.name, Color.RED.value, Color(2), Color["BLUE"], Color.CRIMSON is Color.RED)
print(list(Color), len(Color), Color.RED in Color, Color.RED.pretty, Color.default())
print(Color.__members__.keys(), [m for m in Color.__members__])
print(Color.RED == 1, Color.RED == Color.RED, Color.RED != Color.GREEN, hash(Color.RED) == hash(Color.RED))
for bad in ("Color(9)", "Color['X']"):
    try:
        Color(9) if bad.startswith("Color(") else Color["X"]
    except (ValueError, KeyError) as e: print(type(e).__name__, e)
try: Color.RED = 5
except AttributeError as e: print(e)
print(Perm.R | Perm.X, repr(Perm.RW), Perm.R in Perm.RW, Perm.X in Perm.RW, ~Perm.R, bool(Perm(0)), Perm(0), list(Perm.RW), Perm.R.value, Perm(7))
print((Perm.R | Perm.W) & Perm.W, Perm.R ^ Perm.RW, Perm.RW is Perm.R | Perm.W)
print(Level.LOW < Level.HIGH, Level.LOW + 5, sorted([Level.HIGH, Level.LOW]), Level.HIGH == 20, f"{Level.LOW}", repr(Level.LOW), int(Level.LOW), Level(10))
print(Mode.FAST, Mode.SLOW, Mode.FAST == "fast", Mode("slow-mode"), Mode.FAST.upper(), f"{Mode.SLOW!r} {Mode.SLOW:>12}")
print(Planet.EARTH.mass, Planet.MARS.density, Planet((0.64, 3.39)), Planet.EARTH.value)
print([a.value for a in Auto], Op.ADD | Op.DEL, (Op.ADD | Op.DEL).value, Op.ADD | 8, Op(3))
match Color.GREEN:
    case Color.RED: print("r")
    case Color.GREEN: print("g")
try:
    @unique
    class U(Enum):
        A = 1
        B = 1
except ValueError as e: print(e)
Animal = Enum("Animal", "CAT DOG")
print(list(Animal), Animal.CAT.value)
print({Color.RED: "x"}[Color(1)], isinstance(Level.LOW, int), type(Color.RED), Color.RED.__class__ is Color)
class Weekday(Enum):
    MON = 1
    @staticmethod
    def parse(s): return Weekday[s.upper()]
    def __str__(self): return f"day {self.value}"
print(Weekday.MON, Weekday.parse("mon"), f"{Weekday.MON}", [Weekday.MON])
try:
    class Sub(Color): pass
except TypeError as e: print(e)
