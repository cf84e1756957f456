class R:
    def __repr__(self):
        return "<R>"


class S:
    def __str__(self):
        return "an S"


class B:
    def __repr__(self):
        return "repr B"

    def __str__(self):
        return "str B"


class F:
    def __format__(self, spec):
        return f"formatted with {spec!r}"


print(R(), str(R()), repr(R()), f"{R()} {R()!r} {R()!s}", [R()], {"k": R()}, (R(),))
print(S(), str(S()), f"{S()}", "%s" % S())
print(B(), [B()], f"{B()!r:>10}|{B()!s:<8}|{B():^9}" if False else f"{B()!r:>10}|{B()!s:<8}|")
print(f"{F()}", f"{F():abc}", format(F(), "x"), "{:yz}".format(F()), "{!r}".format(R()))
for bad in (type("X", (), {"__repr__": lambda s: 1}), type("Y", (), {"__str__": lambda s: None}),
            type("Z", (), {"__format__": lambda s, f: 5})):
    for how in (repr, str, lambda o: f"{o}"):
        try:
            text = how(bad())
            print("fine" if "object at" in text else text)
        except TypeError as e:
            print(bad.__name__, e)
try:
    f"{R():10}"
except TypeError as e:
    print(e)
lst = [1]
lst.append(lst)
print(lst)
dct = {}
dct["self"] = dct
print(dct)


class Node:
    def __init__(self, value, next=None):
        self.value, self.next = value, next

    def __repr__(self):
        return f"Node({self.value}, {self.next!r})"


print(Node(1, Node(2, Node(3))))
print("{0} {1!r} {name}".format(R(), S.__name__, name=B()))
print("%s %r" % (B(), B()), "%(a)s" % {"a": B()})
print(str(int), str(R), repr(len), str(str.upper), R.__repr__(R()), R().__str__())
print(str(b"x"), str(None), str(1.0), str([1.5, "a", None, True]), str({1: (2,)}), str({1}), str(frozenset()))
print(print, abs, max.__name__, type(print), type(R().__repr__), type(len))
print(ascii("é\n"), repr("it's"), repr('say "hi"'), repr("both ' and \""), repr("\t\x00\x7f\u200b"))
print(repr(type(R())), type(type), type(None), type(NotImplemented), NotImplemented, ..., type(...))
def gen(): yield 1
print(type(gen()), type(gen), type(lambda: 0), (lambda: 0).__name__, gen.__qualname__)
