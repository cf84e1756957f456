from dataclasses import dataclass, field, asdict, astuple, replace, fields, KW_ONLY, InitVar, is_dataclass, FrozenInstanceError, make_dataclass
from typing import ClassVar, List, Optional

@dataclass(order=True)
class Version:
    major: int
    minor: int = 0
    tag: str = field(default="", compare=False)

@dataclass(frozen=True)
class Point:
    x: float
    y: float
    def dist(self): return (self.x ** 2 + self.y ** 2) ** .5

@dataclass
class Inventory:
    name: str
    items: List[str] = field(default_factory=list)
    count: ClassVar[int] = 0
    secret: str = field(default="s", repr=False)
    total: int = field(init=False)
    scale: InitVar[int] = 2
    _: KW_ONLY
    debug: bool = False
    def __post_init__(self, scale):
        self.total = len(self.items) * scale
        Inventory.count += 1

@dataclass(eq=False)
class Node:
    value: int
    next: Optional["Node"] = None

@dataclass(slots=True, kw_only=True)
class Conf:
    host: str
    port: int = 80

@dataclass
class Base:
    a: int
    b: int = 2
@dataclass
class Derived(Base):
    c: int = 3
    b: int = 20
@dataclass(unsafe_hash=True)
class H:
    k: str
    v: int = field(hash=False, default=0)

print(Version(1, 2) < Version(1, 3), Version(1, 2, "a") == Version(1, 2, "b"), sorted([Version(2), Version(1, 9), Version(1, 10)]))
p = Point(3, 4)
print(p, p.dist(), hash(p) == hash(Point(3, 4)), {p: 1}[Point(3, 4)])
try: p.x = 1
except FrozenInstanceError as e: print(type(e).__name__, e)
try: del p.y
except FrozenInstanceError as e: print(e)
i = Inventory("a", ["x", "y"], debug=True)
print(i, i.total, Inventory.count, asdict(i), astuple(i))
print(replace(i, name="b", scale=3), [f.name for f in fields(i)], is_dataclass(i), is_dataclass(3))
try: Inventory()
except TypeError as e: print(e)
print(Node(1) == Node(1), Node(1, Node(2)))
print(Conf(host="h"), Conf.__slots__)
try: Conf("h")
except TypeError as e: print(e)
d = Derived(1)
print(d, Derived(1, 2, 3), Derived.__mro__[1].__name__, Derived.__match_args__)
print(hash(H("a", 1)) == hash(H("a", 2)), H("a", 1) == H("a", 2))
match p:
    case Point(x=3, y=yy): print("matched", yy)
match d:
    case Derived(1, b, c): print(b, c)
C = make_dataclass("C", [("x", int), ("y", int, 5)])
print(C(1), C(1) == C(1, 5))
try:
    @dataclass
    class Wrong:
        a: int = 1
        b: str
except TypeError as e: print(e)
try:
    @dataclass
    class Mut:
        a: list = []
except ValueError as e: print(e)
print(Point.__doc__, Version.__annotations__ if False else "")
