class Parser:
    """expr := term (('+'|'-') term)*; term := factor (('*'|'/') factor)*"""
    def __init__(self, text): self.tokens, self.at = list(self.lex(text)), 0
    @staticmethod
    def lex(text):
        i = 0
        while i < len(text):
            c = text[i]
            if c.isspace(): i += 1
            elif c.isdigit():
                j = i
                while j < len(text) and (text[j].isdigit() or text[j] == "."): j += 1
                yield ("num", float(text[i:j]) if "." in text[i:j] else int(text[i:j])); i = j
            elif c in "+-*/()": yield ("op", c); i += 1
            else: raise SyntaxError(f"unexpected {c!r} at {i}")
    def peek(self): return self.tokens[self.at] if self.at < len(self.tokens) else (None, None)
    def take(self): self.at += 1; return self.tokens[self.at - 1]
    def expr(self):
        v = self.term()
        while self.peek()[1] in ("+", "-"): v = v + self.term() if self.take()[1] == "+" else v - self.term()
        return v
    def term(self):
        v = self.factor()
        while self.peek()[1] in ("*", "/"): v = v * self.factor() if self.take()[1] == "*" else v / self.factor()
        return v
    def factor(self):
        kind, v = self.take()
        if v == "(":
            v = self.expr(); self.take()
            return v
        if v == "-": return -self.factor()
        return v
for t in ("1 + 2 * 3", "(1 + 2) * 3", "-4 / 2 + 1.5", "2 * (3 + 4) - -1", "1 / 0", "2 $ 3", "1 +"):
    try: print(t, "=", Parser(t).expr())
    except (ZeroDivisionError, SyntaxError, IndexError) as e: print(t, type(e).__name__, e)
print(Parser.__doc__)
