import copy, operator, textwrap, pprint, statistics, random, inspect, string, types, uuid, time, sys, os
from io import StringIO
a = {"l": [1, [2]], "t": (1, [3])}
s, d = copy.copy(a), copy.deepcopy(a)
a["l"][1].append(9); a["t"][1].append(8); print(s["l"], d["l"], s["t"], d["t"], s["l"] is a["l"])
class P:
    def __init__(self, x): self.x = x
    def __copy__(self): print("copy"); return P(self.x)
    def __deepcopy__(self, memo): print("deep"); return P(copy.deepcopy(self.x, memo))
copy.copy(P([1])); copy.deepcopy([P(1)]); r = [1]; r.append(r); q = copy.deepcopy(r); print(q[1] is q)
print(operator.itemgetter(1, 0)("ab"), operator.attrgetter("x")(P(5)), operator.methodcaller("upper")("a"), operator.add(1, 2), operator.contains([1], 1), operator.truediv(1, 2), sorted([{"k": 2}, {"k": 1}], key=operator.itemgetter("k")))
t = "The quick brown fox jumps over the lazy dog"
print(textwrap.fill(t, 15)); print(textwrap.wrap(t, 20), textwrap.shorten(t, 20), repr(textwrap.dedent("  a\n    b\n")), repr(textwrap.indent("a\nb\n", "> ")))
pprint.pprint({"name": "x" * 30, "list": list(range(20)), "nested": {"a": [1, 2, {"b": "c" * 40}]}}); pprint.pprint([1, 2]); print(pprint.pformat({"b": 1, "a": 2}), pprint.pformat(list("abcdefgh"), width=10))
print(statistics.mean([1, 2, 3, 4]), statistics.median([3, 1, 2]), statistics.mode("aab"), round(statistics.stdev([1, 2, 3, 4]), 4), statistics.pvariance([1, 2, 3]), statistics.median_low([1, 2, 3, 4]), statistics.quantiles([1, 2, 3, 4, 5], n=4), statistics.fmean([1.5, 2.5]), statistics.multimode("aabb"), statistics.harmonic_mean([40, 60]), statistics.geometric_mean([1, 4]))
random.seed(42); print(random.random(), random.randint(1, 100), random.choice("abc"), random.sample(range(100), 3), random.uniform(1, 2), random.gauss(0, 1), random.choices([1, 2], weights=[1, 9], k=4), random.shuffle(l := list(range(6))), l, random.randrange(0, 100, 5), random.getrandbits(8), random.expovariate(2), random.betavariate(1, 2), random.triangular(0, 1))
rng = random.Random(7); print(rng.random(), rng.randint(0, 9), random.Random(7).random()); st = rng.getstate(); x = rng.random(); rng.setstate(st); print(x == rng.random())
def fn(a, b: int = 2, *args, c, d=4, **kw) -> str: "doc string"
ns = types.SimpleNamespace(a=1, b="x"); ns.c = 3; print(ns, ns == types.SimpleNamespace(a=1, b="x", c=3), types.MappingProxyType({"a": 1})["a"], isinstance(fn, types.FunctionType))
print(uuid.UUID("12345678123456781234567812345678"), uuid.uuid5(uuid.NAMESPACE_DNS, "python.org"), uuid.UUID(int=5).hex, len(str(uuid.uuid4())), uuid.uuid3(uuid.NAMESPACE_URL, "x").version)
print(sys.version_info[:2] >= (3, 11), sys.maxsize, sys.getrecursionlimit(), sys.byteorder, sys.argv[1:], sys.platform, isinstance(sys.stdout.write(""), int), sys.float_info.max if hasattr(sys, "float_info") else 0)
f = StringIO("l1\nl2\nl3"); print(f.readline(), f.read(), [l for l in StringIO("a\nb")], f.getvalue()[:2]); o = StringIO(); print("x", 1, file=o, sep="-", end="|"); print(o.getvalue())
print("a", "b", sep="", end="\n\n"); print(*[1, 2], sep=", "); print(); print("err", file=sys.stderr, flush=True); sys.stdout.write("raw\n")
print(isinstance(5, (int, str)), callable(len), id(a) == id(a), type(5) is int, any([0, 1]), all([]), list(enumerate("ab", 1)), list(zip("ab", [1, 2])), list(map(str, [1])), list(filter(None, [0, 1, ""])), list(reversed([1, 2])), sorted("bca", reverse=True), sorted([(1, "b"), (1, "a")]), sum(range(5)), ascii("é"), bin(5), chr(97), divmod(7, 2), format(3.14159, ".2f"), getattr(P(1), "x"), hash("a") == hash("a"), isinstance(P(1), P), issubclass(bool, int), iter([1]).__next__(), len({1, 2}), max("ab"), next(iter([5])), ord("a"), pow(2, 3), range(1, 10, 3), repr("x"), round(2.567, 1), set([1, 1]), slice(1, 2), str(1), tuple([1]), type("x").__name__, vars(P(3)))
