import threading

lock = threading.RLock()
print(lock.acquire(), lock.acquire(), lock.acquire(blocking=False))


def other():
    print("other gets it:", lock.acquire(blocking=False))
    try:
        lock.release()
    except RuntimeError as error:
        print("other releases:", error)


t = threading.Thread(target=other)
t.start()
t.join()
for _ in range(3):
    lock.release()
t = threading.Thread(target=lambda: print("free now:", lock.acquire(False), lock.release()))
t.start()
t.join()
plain = threading.Lock()
with plain as got:
    print(got, plain.locked(), plain.acquire(False), plain.acquire(timeout=0.001))
print(plain.locked())
plain.acquire()
threading.Thread(target=plain.release).start()
print("released by another:", plain.acquire(timeout=5))
print(repr(plain).split(" at ")[0], repr(threading.RLock()).split(" at ")[0])
with lock:
    print(repr(lock).split(" owner")[0], "count=1" in repr(lock))
