class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


class Named:
    def __init__(self, name):
        self.name = name


RED = "red"


class Colors:
    BLUE = "blue"


def what(subject):
    match subject:
        case None:
            return "none"
        case True | False as b:
            return f"bool {b}"
        case 0:
            return "zero"
        case -1 | 1:
            return "one or minus one"
        case int(n) if n > 100:
            return f"big {n}"
        case int():
            return "int"
        case float(f):
            return f"float {f}"
        case "hello":
            return "greeting"
        case Colors.BLUE:
            return "blue constant"
        case str(s):
            return f"str {s!r}"
        case []:
            return "empty"
        case [x]:
            return f"one item {x}"
        case [1, 2, *rest]:
            return f"one two and {rest}"
        case [first, *_, last]:
            return f"from {first} to {last}"
        case {"kind": "circle", "r": r}:
            return f"circle {r}"
        case {"kind": kind, **rest}:
            return f"{kind} with {rest}"
        case {}:
            return "mapping"
        case Point(0, 0):
            return "origin"
        case Point(x=0, y=y):
            return f"on the y axis at {y}"
        case Point(x, y):
            return f"point {x} {y}"
        case Named(name="x" | "y" as n):
            return f"axis {n}"
        case Named(name=n):
            return f"named {n}"
        case _:
            return "something"


for value in [None, True, False, 0, 1, -1, 7, 101, 2.5, "hello", "blue", "abc", [], [5], [1, 2],
              [1, 2, 3, 4], [9, 8, 7], (1,), {"kind": "circle", "r": 2}, {"kind": "box", "w": 1, "h": 2},
              {}, {"a": 1}, Point(0, 0), Point(0, 3), Point(1, 2), Named("x"), Named("z"), {1, 2},
              b"bytes", range(3)]:
    print(type(value).__name__, "->", what(value))


def nested(command):
    match command.split():
        case ["go", ("north" | "south" | "east" | "west") as direction]:
            return f"going {direction}"
        case ["get", obj] | ["pick", "up", obj] | ["pick", obj, "up"]:
            return f"got {obj}"
        case ["drop", *objects]:
            return f"dropped {', '.join(objects)}"
        case _:
            return "what?"


for command in ["go north", "go up", "get lamp", "pick up lamp", "pick lamp up", "drop a b c", "x"]:
    print(nested(command))

match {"a": [1, {"b": (2, 3)}]}:
    case {"a": [int(a), {"b": (b, c)}]}:
        print(a, b, c)

match (1, 2), 3:
    case (a, b), c:
        print(a + b + c)

x = 5
match x:
    case y:
        pass
print(y)

try:
    match Point(1, 2):
        case Point(1, 2, 3):
            print("never")
except TypeError as e:
    print("TypeError:", e)
