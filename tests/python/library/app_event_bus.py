"""Publish and subscribe, with typed events."""
from __future__ import annotations

import asyncio
import inspect
import itertools
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, asdict
from typing import Any, ClassVar, Protocol

counter = itertools.count(1)


@dataclass(frozen=True, kw_only=True)
class Event:
    id: int = field(default_factory=lambda: next(counter))
    kind: ClassVar[str] = "event"


@dataclass(frozen=True, kw_only=True)
class UserCreated(Event):
    name: str
    kind: ClassVar[str] = "user.created"


@dataclass(frozen=True, kw_only=True)
class OrderPlaced(Event):
    amount: float
    kind: ClassVar[str] = "order.placed"


Handler = Callable[[Event], Awaitable[None]]


class Subscriber(Protocol):
    async def handle(self, event: Event) -> None: ...


class Bus:
    def __init__(self) -> None:
        self._handlers: dict[type[Event], list[Any]] = defaultdict(list)

    def on(self, kind: type[Event]):
        def register(handler):
            self._handlers[kind].append(handler)
            return handler
        return register

    async def publish(self, event: Event) -> int:
        handlers = [h for kind in type(event).__mro__ for h in self._handlers.get(kind, ())]
        for handler in handlers:
            result = handler(event)
            if inspect.isawaitable(result):
                await result
        return len(handlers)


class Repository(ABC):
    @abstractmethod
    def add(self, item: dict) -> None: ...


class Memory(Repository):
    def __init__(self):
        self.items: list[dict] = []

    def add(self, item):
        self.items.append(item)


bus, store = Bus(), Memory()


@bus.on(UserCreated)
async def welcome(event: UserCreated) -> None:
    await asyncio.sleep(0)
    print(f"welcome {event.name}")


@bus.on(Event)
def audit(event: Event) -> None:
    store.add({"kind": event.kind, **asdict(event)})


async def main() -> None:
    print(await bus.publish(UserCreated(name="ann")), await bus.publish(OrderPlaced(amount=9.5)))
    print(store.items)
    match OrderPlaced(amount=3):
        case UserCreated(name=name):
            print("user", name)
        case OrderPlaced(amount=amount) if amount > 2:
            print("big order", amount)
    print(OrderPlaced(amount=1, id=7), OrderPlaced(amount=1, id=7) == OrderPlaced(amount=1, id=7), repr(UserCreated(name="x", id=0)))


asyncio.run(main())
