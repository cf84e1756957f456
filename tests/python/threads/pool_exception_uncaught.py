# stderr
from concurrent.futures import ThreadPoolExecutor


def fails():
    raise ValueError("from a worker")


with ThreadPoolExecutor(1) as pool:
    future = pool.submit(fails)
    print("submitted")
    future.result()
