from abc import ABC, ABCMeta, abstractmethod
from collections.abc import (
    AsyncIterator, Awaitable, Callable, Container, Generator, Hashable, Iterable, Iterator, Mapping, MutableMapping,
    MutableSequence, Sequence, Set, Sized,
)


class Shape(ABC):
    @abstractmethod
    def area(self): ...

    @property
    @abstractmethod
    def name(self): ...

    def describe(self):
        return f"{self.name}: {self.area()}"


class Square(Shape):
    def __init__(self, side):
        self.side = side

    def area(self):
        return self.side**2

    @property
    def name(self):
        return "square"


class Half(Shape):
    def area(self):
        return 1


print(Square(3).describe(), isinstance(Square(1), Shape), issubclass(Half, Shape))
for cls in (Shape, Half):
    try:
        cls()
    except TypeError as error:
        print(error)
print(sorted(Shape.__abstractmethods__), type(Shape) is ABCMeta)


@Shape.register
class Foreign:
    pass


print(isinstance(Foreign(), Shape), issubclass(Foreign, Shape))


class Config(MutableMapping):
    def __init__(self):
        self.data = {}

    def __getitem__(self, key):
        return self.data[key]

    def __setitem__(self, key, value):
        self.data[key] = value

    def __delitem__(self, key):
        del self.data[key]

    def __iter__(self):
        return iter(self.data)

    def __len__(self):
        return len(self.data)


config = Config()
config["a"] = 1
config.update(b=2, c=3)
print(dict(config), config.get("z", 0), config.pop("a"), list(config.items()), "b" in config, config.setdefault("d", 4))
print(isinstance(config, Mapping), config == {"b": 2, "c": 3, "d": 4}, list(config.keys()), len(config))


class Countdown(Sequence):
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n

    def __getitem__(self, index):
        if index >= self.n:
            raise IndexError(index)
        return self.n - index


print(list(Countdown(3)), 2 in Countdown(3), list(reversed(Countdown(3))), Countdown(3).index(1), Countdown(3).count(9))
gen = (x for x in [])
print([isinstance([], c) for c in (Iterable, Sequence, MutableSequence, Sized, Container, Hashable, Mapping)])
print(isinstance({}, Mapping), isinstance("", Sequence), isinstance({1}, Set), isinstance(gen, Generator), isinstance(gen, Iterator))
print(isinstance(len, Callable), isinstance(lambda: 0, Callable), isinstance(3, Iterable), isinstance((), Hashable))


class Aw:
    def __await__(self):
        yield


print(isinstance(Aw(), Awaitable), isinstance(Aw(), AsyncIterator), issubclass(list, Iterable))
