import time
from concurrent.futures import ThreadPoolExecutor, as_completed


def work(n):
    time.sleep(n / 100)
    return n


with ThreadPoolExecutor(4) as pool:
    futures = {pool.submit(work, n): n for n in (6, 2, 4)}
    for future in as_completed(futures):
        print(futures[future], future.result())
    done = pool.submit(work, 0)
    done.result()
    print([f.result() for f in as_completed([done, done])])
    try:
        for future in as_completed([pool.submit(work, 1), pool.submit(work, 50)], timeout=0.1):
            print("in time", future.result())
    except TimeoutError as error:
        print(error)
    print(list(as_completed([])))
