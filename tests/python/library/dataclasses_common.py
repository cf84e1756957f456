import dataclasses
from dataclasses import KW_ONLY, InitVar, asdict, astuple, dataclass, field, fields, replace
from typing import ClassVar, Optional


@dataclass
class Point:
    x: int
    y: int = 0

    def norm(self):
        return (self.x**2 + self.y**2) ** 0.5


p = Point(3, 4)
print(p, p.norm(), p == Point(3, 4), p != Point(1), Point(x=1, y=2), Point.y)
print(asdict(p), astuple(p), replace(p, x=0), [f.name for f in fields(p)], dataclasses.is_dataclass(Point))


@dataclass(order=True)
class Item:
    priority: int
    name: str = field(compare=False)
    tags: list[str] = field(default_factory=list, repr=False)
    total: ClassVar[int] = 0
    note: Optional[str] = None


items = [Item(3, "c"), Item(1, "a"), Item(2, "b")]
print(sorted(items), min(items).name, Item(1, "x") == Item(1, "y"))
items[0].tags.append("t")
print(items[0].tags, items[1].tags, Item.total)


@dataclass(frozen=True)
class Frozen:
    a: int
    b: str = "b"


f = Frozen(1)
print(f, hash(f) == hash(Frozen(1)), {f: 1}[Frozen(1)])
try:
    f.a = 2
except dataclasses.FrozenInstanceError as error:
    print(type(error).__name__, error)


@dataclass
class Account:
    owner: str
    balance: float = 0.0
    scale: InitVar[int] = 1
    id: int = field(init=False, default=7)
    history: list = field(default_factory=list)

    def __post_init__(self, scale):
        self.balance *= scale
        self.history.append(f"opened with {self.balance}")


print(Account("ann", 10.0, 2))


@dataclass
class Base:
    name: str
    level: int = 1


@dataclass
class Derived(Base):
    extra: dict = field(default_factory=dict)
    level: int = 5


print(Derived("n"), Derived("n", 2, {"k": 1}), isinstance(Derived("n"), Base))


@dataclass(kw_only=True, slots=True)
class Options:
    verbose: bool = False
    depth: int


print(Options(depth=3))


@dataclass
class Mixed:
    a: int
    _: KW_ONLY
    b: int = 2


print(Mixed(1, b=3), Mixed.__match_args__)
match p:
    case Point(3, y):
        print("matched", y)


@dataclass
class Node:
    value: int
    children: list["Node"] = field(default_factory=list)


tree = Node(1, [Node(2), Node(3, [Node(4)])])
print(tree)
print(asdict(tree))
for call in (lambda: Point(), lambda: Point(1, 2, 3), lambda: Point(1, z=3), lambda: Options(3),
             lambda: Mixed(1, 2), lambda: Point(1, x=2), lambda: Point(1) < Point(2)):
    try:
        call()
    except TypeError as error:
        print(error)
try:
    @dataclass
    class Bad:
        items: list = []
except ValueError as error:
    print(error)
try:
    @dataclass
    class Bad2:
        a: int = 1
        b: int
except TypeError as error:
    print(error)
