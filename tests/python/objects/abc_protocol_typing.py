from abc import ABC, abstractmethod, abstractproperty
from typing import Protocol, runtime_checkable, NamedTuple, TypedDict, Generic, TypeVar, Callable, Optional, Union, Any, Literal, Final, ClassVar, overload, cast, NewType, Self, get_type_hints, TYPE_CHECKING, Annotated, Iterable
T = TypeVar("T"); K = TypeVar("K", bound=str)
class Stack(Generic[T]):
    def __init__(self) -> None: self.items: list[T] = []
    def push(self, x: T) -> "Stack[T]": self.items.append(x); return self
    def pop(self) -> T: return self.items.pop()
s: Stack[int] = Stack[int]()
print(s.push(1).push(2).pop())
class Box[U]:
    def __init__(self, v: U): self.v = v
    def map[V](self, f: Callable[[U], V]) -> "Box[V]": return Box(f(self.v))
print(Box(3).map(str).v + "!", Box[int](4).v)
def first[X](xs: list[X]) -> X | None: return xs[0] if xs else None
print(first([1, 2]), first([]))
type Pair[A] = tuple[A, A]
@runtime_checkable
class Closeable(Protocol):
    def close(self) -> None: ...
class F:
    def close(self): print("closed")
print(isinstance(F(), Closeable), isinstance(3, Closeable), issubclass(F, Closeable))
class Shape(ABC):
    @property
    @abstractmethod
    def area(self): ...
    @abstractmethod
    def scale(self, k): "scale it"
    @classmethod
    def unit(cls): return cls(1)
    @staticmethod
    @abstractmethod
    def kind(): ...
class Sq(Shape):
    def __init__(self, s): self.s = s
    @property
    def area(self): return self.s ** 2
    def scale(self, k): return Sq(self.s * k)
    @staticmethod
    def kind(): return "sq"
print(Sq.unit().scale(3).area, Sq.kind(), sorted(Shape.__abstractmethods__))
for c in (Shape, type("Half", (Shape,), {"scale": lambda s, k: s})):
    try: c()
    except TypeError as e: print(e)
class Emp(NamedTuple):
    name: str
    id: int = 3
    def hello(self): return f"hi {self.name}"
e = Emp("g"); print(e, e.hello(), e._replace(id=4), Emp._fields, *e)
class Movie(TypedDict, total=False):
    title: str
    year: int
m: Movie = {"title": "x", "year": 1}; print(m, Movie(title="y"))
UserId = NewType("UserId", int); print(UserId(5) + 1, cast(str, 5), Optional[int], Union[int, str], int | None, Any)
@overload
def f(x: int) -> int: ...
@overload
def f(x: str) -> str: ...
def f(x): return x
print(f(1), f("a"), TYPE_CHECKING)
class Node:
    def link(self, o: Self) -> Self: self.next = o; return self
print(type(Node().link(Node())).__name__)
from collections.abc import Iterable as It, Mapping, Sequence, Hashable, Callable as Ca, Iterator, MutableMapping, Sized, Awaitable, Coroutine
print(isinstance([], It), isinstance({}, Mapping), isinstance("a", Sequence), isinstance([], Hashable), isinstance(len, Ca), isinstance(iter([]), Iterator), isinstance(3, Sized))
class MyMap(MutableMapping):
    def __init__(self): self.d = {}
    def __getitem__(self, k): return self.d[k]
    def __setitem__(self, k, v): self.d[k] = v
    def __delitem__(self, k): del self.d[k]
    def __iter__(self): return iter(self.d)
    def __len__(self): return len(self.d)
mm = MyMap(); mm["a"] = 1; mm.update(b=2); print(dict(mm), mm.get("z", 0), mm.pop("a"), list(mm.items()), "b" in mm, mm.setdefault("c", 9), mm == {"b": 2, "c": 9}); mm.clear(); print(len(mm))
class Sub(Shape): pass
try: Sub()
except TypeError as e: print(e)
