# stderr
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.thread import BrokenThreadPool


def prepare():
    raise ValueError("not ready")


pool = ThreadPoolExecutor(1, initializer=prepare)
f = pool.submit(print, "never")
try:
    f.result()
except BrokenThreadPool as error:
    print(type(error).__name__, error)
try:
    pool.submit(print)
except BrokenThreadPool as error:
    print(type(error).__name__, error)
pool.shutdown()
