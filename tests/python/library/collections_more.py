from collections import namedtuple, ChainMap, Counter, defaultdict, OrderedDict, deque, UserDict, UserList
P = namedtuple("P", "x y z", defaults=[0])
p = P(1, 2)
print(p, p.x, p[1], p._asdict(), p._replace(y=5), P._fields, P._make([7, 8, 9]), p == (1, 2, 0), len(p), *p)
class Pt(namedtuple("Base", ["a", "b"])):
    __slots__ = ()
    @property
    def total(self): return self.a + self.b
    def __str__(self): return f"Pt<{self.a},{self.b}>"
print(Pt(1, 2).total, Pt(3, 4), repr(Pt(5, 6)), P._field_defaults)
try: P(1)
except TypeError as e: print(e)
try: p.x = 3
except AttributeError as e: print(e)
base = {"a": 1, "b": 2}; over = {"b": 20}
cm = ChainMap(over, base)
print(cm["b"], cm["a"], dict(cm), len(cm), list(cm), cm.maps)
child = cm.new_child({"c": 3}); child["d"] = 4
print(child, child.parents["b"], "a" in child, base)
c = Counter("mississippi")
print(c, c.most_common(2), c["z"], sorted(c.elements())[:4], sum(c.values()), c.total())
print(c + Counter("miss"), c - Counter("miss"), c & Counter("miss"), c | Counter(z=2), +Counter(a=1, b=-1))
c.update("mm"); c.subtract({"s": 10}); print(c, dict(c))
dd = defaultdict(list)
for k, v in [("a", 1), ("b", 2), ("a", 3)]: dd[k].append(v)
print(dd, dict(dd), dd.get("q"), dd.default_factory, "q" in dd)
tree = lambda: defaultdict(tree)
t = tree(); t["x"]["y"]["z"] = 1; print(t["x"]["y"]["z"], list(t))
od = OrderedDict(a=1, b=2, c=3)
od.move_to_end("a"); od.move_to_end("c", last=False); print(od, od.popitem(last=False), list(reversed(od)), od == {"b": 2, "a": 1})
d = deque([1, 2, 3], maxlen=3)
d.append(4); d.appendleft(0); print(d, d.maxlen, d[0], d[-1])
d.rotate(1); print(d, list(reversed(d)), d.count(3), d.index(2)); d.extend([7, 8]); d.extendleft([5]); print(d, d.pop(), d.popleft(), 7 in d)
d.clear(); print(d, bool(d), deque("abc"), deque("ab") + deque("c"), deque([1]) == deque([1]))
try: deque().pop()
except IndexError as e: print(e)
class Lower(UserDict):
    def __setitem__(self, k, v): super().__setitem__(k.lower(), v)
l = Lower(A=1); l["BB"] = 2; print(l, l.data, "bb" in l, len(l))
class Ev(UserList):
    def evens(self): return [x for x in self if x % 2 == 0]
print(Ev([1, 2, 4]).evens(), Ev([1]) + [2], len(Ev("ab")))
class Missing(dict):
    def __missing__(self, k): return f"<{k}>"
m = Missing(a=1); print(m["a"], m["b"], m.get("b"), "%(a)s %(zz)s" % m)
