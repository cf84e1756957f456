from collections import namedtuple
from typing import NamedTuple

Point = namedtuple("Point", ["x", "y"])
p = Point(1, y=2)
print(p, p.x, p[1], p._asdict(), p._replace(x=5), Point._fields, p == (1, 2), len(p))
x, y = p
print(x + y, Point._make([7, 8]), sorted([Point(2, 1), Point(1, 2)]), hash(p) == hash((1, 2)))
print(isinstance(p, tuple), {p: "at"}[(1, 2)], max(Point(1, 9), Point(2, 0)), p + (3,))
Task = namedtuple("Task", "name priority done", defaults=[1, False])
print(Task("a"), Task("b", 2), Task._field_defaults)
for call in (lambda: Point(1), lambda: Point(1, 2, 3), lambda: Point(1, z=2), lambda: namedtuple("P", "a a"),
             lambda: namedtuple("P", "class"), lambda: p._replace(q=1)):
    try:
        call()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
try:
    p.x = 3
except AttributeError as error:
    print(type(error).__name__)
print(namedtuple("R", "a b a", rename=True)._fields)


class Employee(NamedTuple):
    """Who works here."""
    name: str
    id: int = 3

    def shout(self):
        return self.name.upper()


e = Employee("guido")
print(e, e.id, e.shout(), Employee._field_defaults, Employee.__doc__, e._replace(id=4))
match p:
    case Point(x=1, y=other):
        print("matched", other)
match e:
    case Employee(name, id):
        print(name, id)
