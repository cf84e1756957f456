import re
text = "John: 2023-01-15, Jane: 2024-12-31; bob@x.com alice@mail.org"
print(re.findall(r"\d{4}-\d\d-\d\d", text), re.findall(r"(\w+): (\d+)", text), re.search(r"(?P<y>\d+)-(?P<m>\d+)", text).groupdict())
m = re.match(r"(\w+): (\d+)-(\d+)", text)
print(m.group(), m.group(1, 2), m.groups(), m.start(2), m.end(), m.span(1), m[3], m.string[:4], m.lastindex, m.re.pattern)
print(re.sub(r"\d", "#", text), re.sub(r"(\w+)@(\w+)", r"\2 at \1", text), re.sub(r"\b[a-z]", lambda m: m.group().upper(), "the quick fox", count=2), re.subn("o", "0", "foo boo"))
print(re.split(r"[,;:]\s*", text), re.split(r"(-)", "a-b-c", maxsplit=1), re.fullmatch(r"\d+", "123"), re.fullmatch(r"\d+", "12a"), re.escape("a.b*c"))
for m in re.finditer(r"(?i)j\w+", text): print(m.group(), m.span())
p = re.compile(r"""
  (?P<key>[a-z]+)   # key
  \s*=\s*
  (?P<val>"[^"]*"|\S+)
""", re.VERBOSE | re.IGNORECASE)
print([(m["key"], m["val"]) for m in p.finditer('Name = "A B" age=3')], p.groupindex, p.flags & re.I, p.pattern.count("\n"))
print(re.findall(r"^\w+", "a b\nc d", re.M), re.findall(r"a.b", "a\nb", re.S), re.findall(r"(?<=\$)\d+", "$5 $10 7"), re.findall(r"\w+(?=!)", "hi! yo"), re.findall(r"(?<!a)b", "ab cb"), re.findall(r"x(?!y)", "xy xz"))
print(re.findall(r"<.+?>", "<a><b>"), re.findall(r"<.+>", "<a><b>"), re.findall(r"(a|b)+", "abab c"), re.findall(r"(?:ab)+", "abab"), re.search(r"(\w)\1", "hello").group(), re.findall(r"\bfoo\b", "foo food foo"))
try: re.compile("(")
except re.error as e: print(e)
print(re.match("x", "y"), bool(re.match("", "")), repr(re.compile("a+")), repr(re.search("b", "abc")), re.sub("(?P<a>x)", r"[\g<a>]", "axb"), re.split(r"\s+", " a b "), re.findall(r"[^\W\d_]+", "ab1_c"))
tok = re.compile(r"\s*(?:(\d+\.?\d*)|(.))")
def calc(s):
    toks = [(float(n) if n else op) for n, op in tok.findall(s)]
    pos = 0
    def expr():
        nonlocal pos
        v = term()
        while pos < len(toks) and toks[pos] in ("+", "-"):
            op = toks[pos]; pos += 1
            v = v + term() if op == "+" else v - term()
        return v
    def term():
        nonlocal pos
        v = atom()
        while pos < len(toks) and toks[pos] in ("*", "/"):
            op = toks[pos]; pos += 1
            v = v * atom() if op == "*" else v / atom()
        return v
    def atom():
        nonlocal pos
        t = toks[pos]; pos += 1
        if t == "(":
            v = expr(); pos += 1
            return v
        return -atom() if t == "-" else t
    return expr()
print(calc("1 + 2 * (3 - 4) / 8"), calc("-(2+3)*2"))
