import json
from dataclasses import dataclass, asdict
from datetime import datetime
data = {"name": "A", "n": [1, 2.5, None, True], "d": {"x": "é\n\"q"}, "e": [], "f": {}, 1: "int", None: 0, 2.5: "f", True: "t"}
print(json.dumps(data)); print(json.dumps(data, indent=2)); print(json.dumps({"b": 1, "a": [1, {"c": 2}]}, sort_keys=True, indent=4, separators=(",", ": ")))
print(json.dumps("é€😀"), json.dumps("é", ensure_ascii=False), json.dumps([1, 2], separators=(",", ":")), json.dumps(float("inf")), json.dumps(1e100), json.dumps(10**30), json.dumps((1, "a")))
print(json.loads('{"a": [1, 2.0, -3e2, true, null, "x\\u00e9\\n"]}'), json.loads(" 5 "), json.loads('"\\ud83d\\ude00"'), type(json.loads("1.0")), json.loads("NaN"))
for bad in ("{", "[1,]", '{"a" 1}', "nul", '"abc', "", "[1 2]", "{'a': 1}", "01", '{"a":1}}', "\t@"):
    try: json.loads(bad)
    except json.JSONDecodeError as e: print(repr(bad), e, e.pos, e.lineno, e.colno)
class Enc(json.JSONEncoder):
    def default(self, o):
        if isinstance(o, set): return sorted(o)
        if isinstance(o, datetime): return o.isoformat()
        return super().default(o)
print(json.dumps({"s": {3, 1, 2}, "t": datetime(2024, 1, 2, 3, 4, 5)}, cls=Enc), json.dumps({1, 2}, default=list))
try: json.dumps(object())
except TypeError as e: print(e)
try: json.dumps({(1, 2): 3})
except TypeError as e: print(e)
a = []; a.append(a)
try: json.dumps(a)
except ValueError as e: print(e)
print(json.loads('{"x": 1, "y": 2}', object_hook=lambda d: tuple(d.items())), json.loads("[1.5, 2]", parse_float=str, parse_int=lambda s: int(s) * 10), json.loads('{"a": 1, "a": 2}', object_pairs_hook=list))
@dataclass
class U: id: int; tags: list
print(json.dumps(asdict(U(1, ["a"]))), json.dumps({"k": float("nan")}), json.dumps("</script>\u2028\x7f\x01"))
import io
f = io.StringIO(); json.dump({"a": 1}, f); f.seek(0); print(f.getvalue(), json.load(f), json.dumps({"b": {"c": []}}, indent="--"), json.dumps([[], {}, [1]], indent=1), json.dumps({"skip": 1, (1,): 2}, skipkeys=True))
