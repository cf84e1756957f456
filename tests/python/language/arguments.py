def f(a, b=2, *args, c, d=4, **kw):
    return a, b, args, c, d, kw


print(f(1, c=3))
print(f(1, 5, 6, 7, c=8, d=9, e=10))
print(f(*[1, 2, 3], **{"c": 4, "z": 5}))
print(f(*range(2), *"ab", c=0, **{"x": 1}, **{"y": 2}))


def attempt(call):
    try:
        print(call())
    except TypeError as e:
        print("TypeError:", e)


def two(a, b):
    return a, b


def only(a, /, b, *, c):
    return a, b, c


attempt(lambda: two(1))
attempt(lambda: two())
attempt(lambda: two(1, 2, 3))
attempt(lambda: two(1, b=2, c=3))
attempt(lambda: two(1, 2, b=3))
attempt(lambda: two(**{"a": 1}, **{"a": 2}))
attempt(lambda: only(1, 2, c=3))
attempt(lambda: only(1, 2))
attempt(lambda: only(a=1, b=2, c=3))
attempt(lambda: only(1, 2, 3))
attempt(lambda: f())
attempt(lambda: f(1))
attempt(lambda: (lambda: 0)(1))
attempt(lambda: len())
attempt(lambda: len(1, 2))
attempt(lambda: int("x", base=10, other=1) if False else "skipped")
attempt(lambda: 5())
attempt(lambda: None())
attempt(lambda: two(*5))
attempt(lambda: two(**5))
attempt(lambda: two(**{1: 2}))


def default(items=[]):
    items.append(len(items))
    return items


print(default(), default(), default([]))


def order():
    print("default evaluated")
    return 1


def g(x=order()):
    return x


print(g(), g())


def evaluated(name):
    print("eval", name)
    return name


def show(*args, **kw):
    print(args, kw)


show(evaluated(1), *[evaluated(2)], k=evaluated(3), **{"z": evaluated(4)})


def kwonly(*, key=None):
    return key


print(kwonly(), kwonly(key=1))
attempt(lambda: kwonly(1))


def star_after(first, *rest):
    head, *tail = rest or (None,)
    return first, head, tail


print(star_after(1), star_after(1, 2), star_after(1, 2, 3, 4))
