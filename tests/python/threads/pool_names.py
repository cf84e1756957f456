import threading
from concurrent.futures import ThreadPoolExecutor


def name():
    return threading.current_thread().name


with ThreadPoolExecutor(1) as pool:
    print(pool.submit(name).result())
with ThreadPoolExecutor(max_workers=1, thread_name_prefix="mine") as pool:
    print(pool.submit(name).result(), pool._max_workers)
with ThreadPoolExecutor(1) as pool:
    print(pool.submit(name).result())
    print(pool.submit(lambda: threading.current_thread().daemon).result())
    print(pool.submit(lambda: isinstance(threading.current_thread(), threading.Thread)).result())
    print(pool.submit(lambda: sorted(t.name for t in threading.enumerate())).result())
print(sorted(t.name for t in threading.enumerate()))
with ThreadPoolExecutor(3) as pool:
    gate = threading.Barrier(3)
    names = list(pool.map(lambda _: (gate.wait(), name())[1], range(3)))
    print(sorted(names))
