import threading
def worker(n):
    return 10 / n
t = threading.Thread(target=worker, args=(0,), name="worker-1")
t.start()
t.join()
print("done")
