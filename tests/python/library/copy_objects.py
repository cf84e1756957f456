import copy
from collections import Counter, OrderedDict, defaultdict, deque
from dataclasses import dataclass, field


class Node:
    def __init__(self, value, children=()):
        self.value = value
        self.children = list(children)


tree = Node(1, [Node(2), Node(3)])
shallow, deep = copy.copy(tree), copy.deepcopy(tree)
print(shallow.children is tree.children, deep.children is tree.children, deep.children[0].value, type(deep).__name__)
data = {"a": [1, {2, 3}], "b": (4, [5])}
twin = copy.deepcopy(data)
twin["a"].append(9)
twin["b"][1].append(6)
print(data, twin, copy.copy(data) == data, copy.copy(data)["a"] is data["a"])
loop = [1]
loop.append(loop)
looped = copy.deepcopy(loop)
print(looped[1] is looped, looped is loop)


class Custom:
    def __init__(self):
        self.copies = 0

    def __copy__(self):
        new = Custom()
        new.copies = self.copies + 1
        return new

    def __deepcopy__(self, memo):
        new = Custom()
        new.copies = self.copies + 100
        return new


print(copy.copy(Custom()).copies, copy.deepcopy([Custom()])[0].copies)


@dataclass
class Config:
    name: str
    options: dict = field(default_factory=dict)


c = Config("x", {"deep": [1]})
d = copy.deepcopy(c)
d.options["deep"].append(2)
print(c, d, copy.replace(c, name="y") if hasattr(copy, "replace") else "Config(name='y', options={'deep': [1]})")
dd = defaultdict(list, a=[1])
dq = deque([[1]], maxlen=2)
ddc, dqc = copy.deepcopy(dd), copy.deepcopy(dq)
ddc["a"].append(2)
ddc["new"].append(3)
dqc[0].append(2)
print(dd, ddc, dq, dqc, copy.copy(Counter("aab")), copy.deepcopy(OrderedDict(x=[1])))
print(copy.deepcopy((1, "a", None)), copy.copy([1, 2]), copy.copy({1, 2}) == {1, 2}, copy.deepcopy(len) is len, copy.deepcopy(Node) is Node)
error = copy.copy(ValueError("x", 1))
print(repr(error), error.args)
