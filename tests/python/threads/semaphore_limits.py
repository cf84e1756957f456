import threading, time

most = 0
now = 0
guard = threading.Lock()
semaphore = threading.Semaphore(2)


def work():
    global most, now
    with semaphore:
        with guard:
            now += 1
            most = max(most, now)
        time.sleep(0.01)
        with guard:
            now -= 1


threads = [threading.Thread(target=work) for _ in range(6)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print("at most", most)
s = threading.Semaphore(1)
print(s.acquire(), s.acquire(blocking=False), s.acquire(timeout=0.001))
s.release(2)
print(s.acquire(False), s.acquire(False), s.acquire(False))
b = threading.BoundedSemaphore(1)
with b:
    print("in")
try:
    b.release()
except ValueError as error:
    print(error)
print(repr(threading.Semaphore(3)).split(" at ")[0], repr(threading.Semaphore(3)).split(": ")[1])
print(repr(b).split(" at ")[0], repr(b).split(": ")[1])
