# What the grammar allows. Each of these is a SyntaxError of CPython 3.14 by itself.
import asyncio
from __future__ import annotations
from __future__ import braces


def declared():
    early = 1
    global early
    print(used)
    global used
    given: int
    global given
    global typed
    typed: int = 1


def matching(command):
    match command:
        case {"a": x, "a": y}:
            pass
        case Point(x=1, x=2):
            pass
        case anything:
            pass
        case _:
            pass
        case "never":
            pass


def walrus(rows):
    [row := 1 for row in rows]
    return [row for row in (rows := [])]


class Body:
    [last := row for row in ()]


class Twice(metaclass=type, metaclass=type):
    pass


def leaving():
    for row in ():
        try:
            pass
        except* ValueError:
            for _ in ():
                break
            continue
        except* TypeError:
            return


def generic[T: (yield), T, *Ts = (), U]():
    pass


type Lazy = (await asyncio.sleep(0))
twin = lambda a, a: a
__debug__ = 1
