import time
from concurrent.futures import (ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION, Future,
                                ThreadPoolExecutor, wait)


def work(n, fail=False):
    time.sleep(n / 100)
    if fail:
        raise ValueError(n)
    return n


with ThreadPoolExecutor(4) as pool:
    a, b = pool.submit(work, 1), pool.submit(work, 10)
    result = wait([a, b], return_when=FIRST_COMPLETED)
    print(result.done == {a}, result.not_done == {b}, type(result).__name__)
    done, not_done = wait([a, b])
    print(len(done), len(not_done))
    c, d = pool.submit(work, 1, True), pool.submit(work, 20)
    done, not_done = wait([c, d], return_when=FIRST_EXCEPTION)
    print(done == {c}, not_done == {d})
    done, not_done = wait([d], timeout=0.01)
    print(len(done), len(not_done))
    print(wait([]))
    f = Future()
    f.cancel()
    print(len(wait([f], timeout=0.01).not_done))
    print(ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION)
