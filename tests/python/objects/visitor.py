class Num:
    def __init__(self, v): self.v = v
class Bin:
    def __init__(self, op, l, r): self.op, self.l, self.r = op, l, r
class Visitor:
    def visit(self, node): return getattr(self, "visit_" + type(node).__name__, self.generic)(node)
    def generic(self, node): raise NotImplementedError(f"no visit for {type(node).__name__}")
class Eval(Visitor):
    ops = {"+": lambda a, b: a + b, "*": lambda a, b: a * b, "/": lambda a, b: a / b}
    def visit_Num(self, n): return n.v
    def visit_Bin(self, n): return self.ops[n.op](self.visit(n.l), self.visit(n.r))
class Show(Visitor):
    def visit_Num(self, n): return str(n.v)
    def visit_Bin(self, n): return f"({self.visit(n.l)} {n.op} {self.visit(n.r)})"
tree = Bin("+", Num(1), Bin("*", Num(2), Num(3)))
print(Show().visit(tree), "=", Eval().visit(tree))
for bad in (Bin("/", Num(1), Num(0)), Bin("?", Num(1), Num(2)), "text"):
    try: print(Eval().visit(bad))
    except (ZeroDivisionError, KeyError, NotImplementedError) as e: print(type(e).__name__, e)
