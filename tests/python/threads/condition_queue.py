import threading

items = []
cond = threading.Condition()
log = []


def consumer(n):
    for _ in range(2):
        with cond:
            cond.wait_for(lambda: items)
            log.append((n, items.pop(0)))


threads = [threading.Thread(target=consumer, args=(n,)) for n in range(3)]
for t in threads:
    t.start()
for n in range(6):
    with cond:
        items.append(n)
        cond.notify()
for t in threads:
    t.join()
print(sorted(item for _, item in log))
c = threading.Condition()
print(c.acquire(), c.release())
with c:
    print(c.wait(0.001), c.wait_for(lambda: False, 0.001), c.wait_for(lambda: 7, 0.001))
    print(c.wait_for(lambda: 0, timeout=0))
lock = threading.RLock()
c = threading.Condition(lock)
with lock:
    with c:
        print("nested", c.wait(0.001))
with c:
    c.notify(5)
    c.notify_all()
print("done")
