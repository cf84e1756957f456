from __future__ import annotations

import typing
from collections.abc import Awaitable, Callable
from typing import (
    Any, Dict, Final, Generic, Iterable, List, Literal, NamedTuple, NewType, Optional, Protocol, Self, TypedDict, TypeVar,
    Union, cast, overload, runtime_checkable,
)

T = TypeVar("T")
K = TypeVar("K", bound=int)
UserId = NewType("UserId", int)
Handler = Callable[[int, str], Awaitable[None]]
Json = Union[Dict[str, Any], List[Any], str, None]
Level = Literal["low", "high"]
MAX: Final = 10


class Stack(Generic[T]):
    def __init__(self) -> None:
        self.items: list[T] = []

    def push(self, item: T) -> Self:
        self.items.append(item)
        return self

    def pop(self) -> T:
        return self.items.pop()


s = Stack[int]()
print(s.push(1).push(2).pop(), len(s.items), UserId(5) + 1, cast(str, 7), MAX)


class Movie(TypedDict, total=False):
    title: str
    year: int


movie: Movie = {"title": "X"}
print(movie, Movie(title="Y", year=1), type(movie).__name__)


@runtime_checkable
class Closable(Protocol):
    def close(self) -> None: ...


class File:
    def close(self) -> None:
        print("closing")


def shut(thing: Closable) -> None:
    thing.close()


shut(File())
print(isinstance(File(), Closable), isinstance(3, Closable))


@overload
def double(x: int) -> int: ...
@overload
def double(x: str) -> str: ...
def double(x):
    return x * 2


print(double(2), double("ab"), typing.TYPE_CHECKING)


def first(items: Iterable[T], default: Optional[T] = None) -> T | None:
    for item in items:
        return item
    return default


print(first([3]), first([], 9), isinstance([], typing.Iterable), T, isinstance(print, typing.Callable))


class Pair(NamedTuple):
    left: int
    right: str = "r"


def box[U](value: U) -> list[U]:
    return [value]


class Box[V]:
    def __init__(self, value: V):
        self.value = value


type Names = list[str]
print(Pair(1), box(3), Box("x").value)
try:
    Closable()
except TypeError as error:
    print(error)
