from concurrent.futures import ThreadPoolExecutor
import time

pool = ThreadPoolExecutor(2)


def work(n):
    time.sleep(0.01 * (n + 1))
    print("worked", n)


for n in range(4):
    pool.submit(work, n)
print("main ends")
