from pprint import pformat, pp, pprint

pprint({"b": 1, "a": [1, 2]})
pprint({"name": "a long name here", "values": list(range(30)), "nested": {"key": "value" * 5, "other": ["x" * 20, "y" * 20, "z" * 20]}})
pprint([["abc" * 10, "def" * 10], ("ghi" * 10, "jkl" * 10)], width=40)
pp({"z": 1, "a": 2})
print(pformat({1: "one", 2: "two"}, width=10), pformat([1, 2, 3]), pformat("short"))
pprint(list(range(40)), compact=True, width=60)
pprint({"a": {"b": {"c": {"d": 1}}}}, depth=2)
pprint({"set": {3, 1, 2}, "t": (1,)}, indent=4, width=20)
