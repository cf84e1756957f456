import time, threading
from concurrent.futures import ThreadPoolExecutor

with ThreadPoolExecutor(3) as pool:
    print(list(pool.map(lambda n: n * n, range(5))))
    print(list(pool.map(pow, [1, 2, 3], [4, 5, 6])))
    print(list(pool.map(lambda a, b: (a, b), "abc", [1, 2])))
    started = time.monotonic()
    slow = pool.map(lambda n: time.sleep(n) or n, [0.05, 0.01, 0.01])
    print(list(slow))
    try:
        for value in pool.map(lambda n: time.sleep(n) or n, [0.01, 0.5], timeout=0.1):
            print("got", value)
    except TimeoutError as error:
        print("timeout", repr(error))
    print(type(pool.map(str, [])).__name__, list(pool.map(str, [])))
