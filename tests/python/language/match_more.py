class P:
    __match_args__ = ("x", "y")
    def __init__(self, x, y=0): self.x, self.y = x, y
    def __repr__(self): return f"P(x={self.x}, y={self.y})"
class L:
    __match_args__ = ("a", "b")
    def __init__(self, a, b): self.a, self.b = a, b
def f(v):
    match v:
        case P(x=0): return "x zero"
        case P(a, b) if a == b: return f"diagonal {a}"
        case P(): return "point"
        case L(P(0, 0), P(x, _)): return f"from origin to {x}"
        case L(): return "line"
        case [P() as p, *_]: return f"list of points {p}"
        case (1 | 2 | 3) as n: return f"small {n}"
        case {"op": ("add" | "sub") as op, "args": [a, b]}: return f"{op} {a} {b}"
        case {"op": op}: return f"unknown {op}"
        case str() | bytes(): return "text"
        case [] | (): return "empty"
        case [[a, b], [c, d]]: return a + b + c + d
        case [x, y] if x < y: return "ascending"
        case [_, _]: return "pair"
        case float() if v != v: return "nan"
        case _: return "other"
for v in (P(0), P(2, 2), P(1, 2), L(P(0, 0), P(5, 1)), L(P(1, 1), P(2, 2)), [P(1), 2], 2, {"op": "add", "args": [1, 2]},
          {"op": "mul"}, "s", b"b", [], [[1, 2], [3, 4]], [1, 2], [2, 1], None, 7.5):
    print(f(v))
def g(cmd):
    match cmd:
        case "a", x: return x
        case ["b", *xs]: return xs
        case -5 | 1.5: return "number"
        case None | True: return "constant"
print(g(("a", 1)), g(["b", 1, 2]), g(-5), g(1.5), g(True), g("ab"), g(None))
i = 0
while True:
    match i:
        case 3: break
        case n if n % 2: i += 1; continue
    i += 1
print(i)
