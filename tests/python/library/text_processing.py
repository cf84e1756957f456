import re, textwrap, string
from collections import Counter, defaultdict
TEXT = """\
The rain in Spain stays mainly in the plain.
In Hartford, Hereford and Hampshire, hurricanes hardly ever happen.
"""
words = re.findall(r"[a-z']+", TEXT.lower())
print(Counter(words).most_common(3), len(set(words)), max(words, key=len))
by_len = defaultdict(set)
for w in words: by_len[len(w)].add(w)
for n in sorted(by_len): print(n, sorted(by_len[n]))
print({c: TEXT.lower().count(c) for c in "aeiou"}, sum(c.isupper() for c in TEXT))
def caesar(s, k): return "".join(chr((ord(c) - b + k) % 26 + b) if c.isalpha() and (b := 97 if c.islower() else 65) else c for c in s)
print(caesar("Hello, World!", 3), caesar(caesar("Hello, World!", 3), -3))
def is_pal(s): s = [c.lower() for c in s if c.isalnum()]; return s == s[::-1]
print(is_pal("A man, a plan, a canal: Panama"), is_pal("nope"))
rows = [("name", "qty", "price"), ("apple", 3, 1.5), ("kiwi", 12, 0.25)]
w = [max(len(str(r[i])) for r in rows) for i in range(3)]
for r in rows: print(" | ".join(f"{str(c):<{n}}" if i == 0 else f"{str(c):>{n}}" for i, (c, n) in enumerate(zip(r, w))))
print(f"{'Report':=^30}", f"{3.14159:8.3f}|{42:+06d}|{'x':>3}|{True!s:5}|{None!r:>6}|{1e9:,.0f}|{0.123:.1%}|{255:#06x}")
def rle(s): return re.sub(r"(.)\1*", lambda m: f"{m[1]}{len(m[0])}" if len(m[0]) > 1 else m[1], s)
print(rle("aaabccd"), re.sub(r"([a-z])(\d+)", lambda m: m[1] * int(m[2]), "a3bc2d"))
print("_".join(re.findall("[A-Z]?[a-z]+", "camelCaseString")).lower(), "".join(p.title() for p in "snake_case_here".split("_")))
for i, line in enumerate(TEXT.splitlines(), 1): print(f"{i:02}: {line[:20]!r}...")
print(TEXT.translate(str.maketrans("", "", string.punctuation)).split()[-1], TEXT.encode("utf-8")[:5], "\t".join("abc").expandtabs(3))
print(*(f"{n}! = {'*'.join(map(str, range(1, n + 1)))}" for n in range(1, 4)), sep="; ")
tpl = string.Template("$who owes $$$amt"); print(tpl.substitute(who="Al", amt=5))
anagrams = defaultdict(list)
for w in "listen silent enlist google elgoog".split(): anagrams["".join(sorted(w))].append(w)
print([v for v in anagrams.values() if len(v) > 1])
def tokenize(src):
    for m in re.finditer(r"(?P<NUM>\d+)|(?P<ID>\w+)|(?P<OP>[-+*/=()])|(?P<WS>\s+)|(?P<BAD>.)", src):
        if m.lastgroup != "WS": yield m.lastgroup, m.group()
print(list(tokenize("x = 3*(y+42)")))
