import threading, time

start = time.monotonic()
fired = []
t = threading.Timer(0.02, fired.append, args=[1])
print(t.name.startswith("Thread-"), t.is_alive(), t.interval)
t.start()
t.join()
print(fired)
t = threading.Timer(5, fired.append, [2])
t.start()
t.cancel()
t.join()
print(fired, t.finished.is_set(), time.monotonic() - start < 4)
t = threading.Timer(0.01, lambda a, b=0: fired.append((a, b)), args=(3,), kwargs={"b": 4})
t.start()
t.join()
print(fired)
order = []
timers = [threading.Timer(0.05 * n, order.append, [n]) for n in (3, 1, 2)]
for t in timers:
    t.start()
for t in timers:
    t.join()
print(order)
print(isinstance(t, threading.Thread), t.daemon)
