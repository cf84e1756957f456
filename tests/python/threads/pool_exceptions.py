from concurrent.futures import ThreadPoolExecutor


def inner(n):
    return 10 // n


def outer(n):
    return inner(n)


with ThreadPoolExecutor(2) as pool:
    f = pool.submit(outer, 0)
    try:
        f.result()
    except ZeroDivisionError as error:
        print("caught", error)
    print(repr(f.exception()))
    print(pool.submit(outer, 5).result(), pool.submit(outer, 5).exception())
    results = pool.map(outer, [5, 0, 2])
    print(next(results))
    try:
        next(results)
    except ZeroDivisionError as error:
        print("map", error)
    try:
        next(results)
    except StopIteration:
        print("the rest is gone")
