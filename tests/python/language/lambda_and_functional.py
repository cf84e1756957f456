from functools import reduce, partial
add = lambda a, b=10: a + b
print(add(1), add(1, 2), (lambda: "none")(), (lambda *a, **k: (a, k))(1, x=2))
print(reduce(lambda a, b: a * b, [1, 2, 3, 4]), reduce(lambda a, b: a + b, [], 0))
double = partial(lambda a, b: a * b, 2)
print(double(5), list(map(double, [1, 2])), list(map(lambda a, b: a + b, [1, 2], [10, 20])))
fs = [lambda x, n=n: x ** n for n in range(3)]
print([f(2) for f in fs])
compose = lambda *fns: reduce(lambda f, g: lambda x: f(g(x)), fns)
print(compose(str, lambda x: x + 1, abs)(-5))
print(sorted("bca", key=lambda c: -ord(c)), max([3, -4], key=abs), list(filter(lambda x: x % 2, range(5))))
Y = lambda f: (lambda x: x(x))(lambda x: f(lambda *a: x(x)(*a)))
print(Y(lambda fac: lambda n: 1 if n < 2 else n * fac(n - 1))(5))
table = {"+": lambda a, b: a + b, "-": lambda a, b: a - b}
print([table[op](5, 3) for op in "+-"])
print((lambda x: (yield x))(1).__class__.__name__)
