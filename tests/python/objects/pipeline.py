def read(lines):
    for n, line in enumerate(lines, 1): yield n, line.strip()
def keep(pred, it): return ((n, l) for n, l in it if pred(l))
def parse(it):
    for n, l in it:
        key, sep, value = l.partition("=")
        if not sep: print(f"line {n}: no '=' in {l!r}"); continue
        yield key.strip(), value.strip()
def convert(pairs):
    for k, v in pairs:
        for kind in (int, float, str):
            try: yield k, kind(v); break
            except ValueError: pass
text = ["a = 1", "# comment", "b=2.5", "", "name = x y ", "broken", "neg = -7"]
conf = dict(convert(parse(keep(lambda l: l and not l.startswith("#"), read(text)))))
print(conf, {k: type(v).__name__ for k, v in conf.items()})
def averager():
    total = count = 0
    avg = None
    while True:
        x = yield avg
        if x is None: return count, avg
        total += x; count += 1; avg = total / count
g = averager(); next(g); print([g.send(v) for v in (10, 20, 60)])
try: g.send(None)
except StopIteration as e: print(e.value)
def collect(into):
    while True:
        into.append((yield from averager()))
out = []; c = collect(out); next(c)
for v in (1, 2, None, 5, None): c.send(v)
c.close(); print(out)
