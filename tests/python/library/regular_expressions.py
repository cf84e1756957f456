import re

m = re.search(r"(\w+)@(\w+)\.com", "mail bob@example.com now")
print(m, m.group(), m.group(1, 2), m.groups(), m.span(), m.start(2), m.end(), m[1])
m = re.match(r"(?P<year>\d{4})-(?P<month>\d{2})", "2024-05-17")
print(m.groupdict(), m.group("year"), m.lastgroup, m.lastindex, bool(m), re.match("x", "abc"))
print(re.findall(r"\d+", "a1b22c333"), re.findall(r"(\w)=(\d)", "a=1 b=2"), re.findall("a|", "ab"))
print(re.sub(r"\s+", " ", "a  b \n c"), re.sub(r"(\w+) (\w+)", r"\2 \1", "hello world"), re.sub("x", lambda m: m.group().upper(), "axbx", count=1))
print(re.sub(r"(?P<n>\d)", r"<\g<n>>", "a1b2"), re.subn("a", "b", "aaa"), re.split(r"[,;]\s*", "a, b;c"), re.split("(-)", "1-2-3"), re.split(",", "a,b,c", maxsplit=1))
pattern = re.compile(r"^\s*(\w+)\s*=\s*(.*?)\s*$", re.MULTILINE | re.IGNORECASE)
print([m.groups() for m in pattern.finditer("a = 1\n B=two words  \n")], pattern.pattern, pattern.groups)
print(re.fullmatch(r"\d+", "123"), re.fullmatch(r"\d+", "123a"), pattern.match("x=1").group(2))
print(re.compile(r"a.c", re.DOTALL).findall("a\nc abc"), re.findall("(?i)HELLO", "Hello hello"), re.findall(r"\bcat\b", "cat concat cat"))
print(re.sub("", "-", "abc"), re.sub("x*", "-", "abxd"), [m.span() for m in re.finditer("x*", "axb")])
print(re.escape("a.b*c[d]"), re.search(r"(?<=\$)\d+", "cost $45").group(), re.search(r"\b\d+(?!\d|px)", "12px 34em").group(), re.findall(r"(?:ab)+", "ababab ab"))
verbose = re.compile(r"""
    (\d+)   # number
    \s*
    ([a-z]+)  # unit
""", re.VERBOSE)
print(verbose.match("12 kg").groups(), re.compile("a", re.I), re.compile("abc"))
for bad in ("(", "*a", "[a", "a**", "(?P<1a>x)", ")"):
    try:
        re.compile(bad)
    except re.error as error:
        print(error)
log = "2024-01-01 12:00:00 ERROR [worker-3] failed: timeout=5.0s"
m = re.match(r"(\S+ \S+) (\w+) \[([\w-]+)\] (.+)", log)
print(m.groups(), dict(re.findall(r"(\w+)=([\d.]+)", log)), m.expand(r"\2: \4"), re.search("a(b)?", "a").groups(), re.search("a(b)?", "a").group(1))
