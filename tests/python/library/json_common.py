import json
from collections import OrderedDict
from dataclasses import asdict, dataclass
from datetime import date
from enum import Enum, IntEnum

data = {"name": "Zoë", "n": 1, "f": 1.5, "t": True, "none": None, "list": [1, [2, []], {}], "tuple": (1, 2), 3: "int key"}
print(json.dumps(data))
print(json.dumps(data, indent=2))
print(json.dumps({"b": 1, "a": [1, 2]}, sort_keys=True, separators=(",", ":")), json.dumps("é\n\t\"\\\x01", ensure_ascii=False))
print(json.dumps([]), json.dumps({}), json.dumps([], indent=2), json.dumps({"a": {}}, indent="--"), json.dumps(1e100), json.dumps(float("inf")))
back = json.loads(json.dumps(data))
print(back, back["list"], type(back["f"]))
print(json.loads('[1, 2.5, -3e2, "a\\u00e9\\n", null, true, {"k": []}]'), json.loads(" 5 "), json.loads(b'"x"'))
print(json.loads('{"a": 1, "b": {"c": 2}}', object_hook=lambda d: tuple(d.items())), json.loads("1.5", parse_float=str))
print(json.loads('{"z": 1, "a": 2}', object_pairs_hook=OrderedDict))


class Encoder(json.JSONEncoder):
    def default(self, o):
        if isinstance(o, (date, set)):
            return str(o) if isinstance(o, date) else sorted(o)
        return super().default(o)


print(json.dumps({"d": date(2024, 1, 2), "s": {3, 1}}, cls=Encoder), json.dumps({1, 2}, default=list))


class Level(IntEnum):
    LOW = 1


@dataclass
class User:
    name: str
    tags: list


print(json.dumps([Level.LOW, True]), json.dumps(asdict(User("ann", ["x"]))), json.dumps({True: 1, None: 2, 1.5: 3}))
for call in (
    lambda: json.loads("{bad}"), lambda: json.loads(""), lambda: json.loads("[1,"), lambda: json.loads('{"a" 1}'),
    lambda: json.loads("[1] x"), lambda: json.loads('"abc'), lambda: json.loads("nul"), lambda: json.loads("[1,]"), lambda: json.loads('{"a":1,}'),
    lambda: json.dumps({1, 2}), lambda: json.dumps(object), lambda: json.dumps({(1, 2): 3}), lambda: json.loads(5),
    lambda: json.dumps(float("nan"), allow_nan=False),
):
    try:
        call()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
loop = []
loop.append(loop)
try:
    json.dumps(loop)
except ValueError as error:
    print(error)
try:
    json.loads("[1,\n 2,\n x]")
except json.JSONDecodeError as error:
    print(error.msg, error.pos, error.lineno, error.colno, error.doc == "[1,\n 2,\n x]")
