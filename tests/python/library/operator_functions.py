import operator
from functools import reduce
from operator import add, attrgetter, itemgetter, methodcaller, mul

print(add(1, 2), mul(3, 4), operator.sub(5, 2), operator.truediv(7, 2), operator.floordiv(7, 2), operator.mod(7, 3), operator.pow(2, 5))
print(operator.eq(1, 1.0), operator.lt(1, 2), operator.not_(0), operator.truth([]), operator.is_(None, None), operator.neg(3), operator.xor(5, 1))
print(operator.concat([1], [2]), operator.contains([1, 2], 2), operator.countOf([1, 1, 2], 1), operator.indexOf([5, 6], 6), operator.getitem({"a": 1}, "a"))
people = [{"name": "bob", "age": 5}, {"name": "al", "age": 3}]
print(sorted(people, key=itemgetter("age")), list(map(itemgetter("name", "age"), people)))


class P:
    def __init__(self, x):
        self.x = x
        self.inner = self if x == 0 else P(0)

    def scaled(self, n, plus=0):
        return self.x * n + plus


print(attrgetter("x")(P(4)), attrgetter("x", "inner.x")(P(2)), methodcaller("scaled", 3, plus=1)(P(2)), methodcaller("upper")("abc"))
print(reduce(add, [1, 2, 3]), itemgetter(1), attrgetter("a.b"), methodcaller("m", 1, k=2), itemgetter(slice(1, 3))("abcdef"))
d = {}
operator.setitem(d, "k", 1)
print(d, operator.iadd([1], [2]), operator.length_hint([1, 2]), operator.index(True))
try:
    itemgetter(5)([1])
except IndexError as error:
    print(error)
