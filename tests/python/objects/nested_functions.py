def make_stack():
    data = []
    def push(x): data.append(x); return len(data)
    def pop(): return data.pop() if data else None
    return push, pop
push, pop = make_stack(); print(push(1), push(2), pop(), pop(), pop())
def accumulate():
    total = 0
    def add(n):
        nonlocal total
        total += n
        return total
    return add
acc = accumulate(); print([acc(i) for i in range(5)])
def curry(f, *a): return lambda *b: f(*a, *b)
print(curry(lambda a, b, c: (a, b, c), 1, 2)(3)); adders = [(lambda n: lambda x: x + n)(i) for i in range(3)]; print([a(10) for a in adders])
def fact(n): return 1 if n < 2 else n * fact(n - 1)
def hanoi(n, a="A", b="B", c="C"): return [] if n == 0 else hanoi(n - 1, a, c, b) + [(a, c)] + hanoi(n - 1, b, a, c)
print(fact(30), len(hanoi(6)), hanoi(2)); is_even = lambda n: n == 0 or is_odd(n - 1); is_odd = lambda n: n != 0 and is_even(n - 1); print(is_even(20), is_odd(7))
def ackermann(m, n): return n + 1 if m == 0 else ackermann(m - 1, 1) if n == 0 else ackermann(m - 1, ackermann(m, n - 1))
print(ackermann(2, 3)); 
def permutations(xs): return [[]] if not xs else [[x] + p for i, x in enumerate(xs) for p in permutations(xs[:i] + xs[i + 1:])]
print(permutations([1, 2, 3])); 
def flatten(x): return [y for i in x for y in flatten(i)] if isinstance(x, list) else [x]
print(flatten([1, [2, [3, [4]], 5]])); 
def outer():
    x = 1
    class C:
        x = 2
        def m(self): return x
        y = x
    return C().m(), C.y
print(outer())
def late():
    def use(): return value
    value = "set later"
    return use()
print(late())
def gen_closure():
    n = 0
    def g():
        nonlocal n
        while n < 3: n += 1; yield n
    return list(g()), n
print(gen_closure())
def dflt(a, b=lambda: "called"): return a, b()
print(dflt(1)); print((lambda f: f(f, 5))(lambda s, n: 1 if n == 0 else n * s(s, n - 1)))
