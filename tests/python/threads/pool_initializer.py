import threading
from concurrent.futures import ThreadPoolExecutor

data = threading.local()


def prepare(n):
    data.value = n
    print("prepared", threading.current_thread().name)


def work(x):
    return data.value * x


with ThreadPoolExecutor(1, initializer=prepare, initargs=(7,)) as pool:
    print(list(pool.map(work, [1, 2, 3])))
