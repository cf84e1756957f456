from dataclasses import dataclass
import math
@dataclass
class Circle: r: float
@dataclass
class Rect:
    w: float
    h: float
class Pt:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
LIMIT = 10
class K: ZERO = 0
def kind(v):
    match v:
        case None: return "none"
        case True | False: return f"bool {v}"
        case K.ZERO: return "zero"
        case int(n) if n > LIMIT: return f"big {n}"
        case int() | float() as num: return f"num {num}"
        case "yes" | "y": return "affirm"
        case str(s) if s.isdigit(): return f"digits {s}"
        case str(): return f"str {len(v)}"
        case []: return "empty"
        case [x]: return f"one {x}"
        case [1, 2, *rest]: return f"12.. {rest}"
        case [x, y]: return f"two {x} {y}"
        case (first, *_, last) if first == last: return f"same ends {first}"
        case [first, *mid, last]: return f"{first} {mid} {last}"
        case {"type": "circle", "r": r}: return f"circle {r:.2f}"
        case {"type": t, **rest}: return f"type {t} {sorted(rest)}"
        case {}: return f"dict {len(v)}"
        case Circle(r=r): return f"area {math.pi * r * r:.3f}"
        case Rect(w, h) if w == h: return f"square {w}"
        case Rect(w=w): return f"rect {w}"
        case Pt(0, 0): return "origin"
        case Pt(x=0, y=y) | Pt(x=y, y=0): return f"axis {y}"
        case Pt(x, y): return f"pt {x},{y}"
        case _: return f"other {type(v).__name__}"
tests = [None, True, 0, 5, 11, 2.5, "y", "42", "hello", [], [7], (1, 2, 3, 4), [1, 2], [3, 4], "", [5, 6, 5], [5, 6, 7],
  {"type": "circle", "r": 2}, {"type": "x", "b": 1, "a": 2}, {"z": 1}, {}, Circle(1), Rect(2, 2), Rect(2, 3), Pt(0, 0), Pt(0, 5), Pt(6, 0), Pt(1, 2), {1, 2}, b"ab", range(3)]
for t in tests:
    print(kind(t))
def nested(m):
    match m:
        case {"user": {"name": str(name), "tags": [tag, *_]}}: return name, tag
        case [Circle(r=a), Circle(r=b)] if (total := a + b) > 5: return total
        case (("a" | "b") as letter, [int(), str()] as pair): return letter, pair
        case {"v": -1 | 1.5 | None as v}: return v
        case [[a, b], [c, d]]: return a * d - b * c
    return "no"
for m in [{"user": {"name": "n", "tags": ["t", "u"]}}, [Circle(3), Circle(4)], [Circle(1), Circle(1)], ("b", [1, "x"]), {"v": -1}, {"v": None}, [[1, 2], [3, 4]], 5]:
    print(nested(m))
match 1, "x":
    case (int(a), str(b)): print(a, b)
x = 5
match x:
    case y: print("captured", y)
try:
    match Pt(1, 2):
        case Pt(1, 2, 3): pass
except TypeError as e: print(e)
