import threading
import time

def tell(*what):
    print(*what)


lock = threading.Lock()


def worker(n):
    time.sleep(n / 10)
    with lock:
        tell("in", n, threading.current_thread().name)
        time.sleep(0.25)


threads = [threading.Thread(target=worker, args=(i,)) for i in range(3)]
for thread in threads:
    thread.start()
print(threading.active_count(), [t.name for t in threads], threads[0].is_alive())
for thread in threads:
    thread.join()
print(threading.active_count(), threads[0].is_alive())

barrier = threading.Barrier(3)


def party(n):
    time.sleep(n / 10)
    barrier.wait()
    with lock:
        order.append(n)


order = []
parties = [threading.Thread(target=party, args=(i,), name=f"party {i}") for i in range(3)]
for p in parties:
    p.start()
for p in parties:
    p.join()
print(sorted(order), barrier.broken, barrier.n_waiting)

event = threading.Event()


def waiter():
    tell("waited", event.wait(0.2))
    tell("waited", event.wait())


w = threading.Thread(target=waiter)
w.start()
time.sleep(0.5)
event.set()
w.join()

timer = threading.Timer(0.2, tell, ["timer"])
timer.start()
timer.join()
cancelled = threading.Timer(5, tell, ["never"])
cancelled.start()
cancelled.cancel()
cancelled.join()

local = threading.local()
local.x = 1


def see():
    print(hasattr(local, "x"), local.__class__.__name__)


s = threading.Thread(target=see)
s.start()
s.join()

rlock = threading.RLock()
with rlock:
    with rlock:
        print("twice")
for wrong in (rlock.release, lock.release, threading.current_thread().join):
    try:
        wrong()
    except RuntimeError as error:
        print("RuntimeError:", error)
try:
    threads[0].start()
except RuntimeError as error:
    print("RuntimeError:", error)
try:
    threading.Thread(target=see).join()
except RuntimeError as error:
    print("RuntimeError:", error)

semaphore = threading.BoundedSemaphore(2)


def limited(i):
    with semaphore:
        time.sleep(0.2)
        tell("limited")


limiteds = [threading.Thread(target=limited, args=(i,)) for i in range(4)]
for t in limiteds:
    t.start()
for t in limiteds:
    t.join()
try:
    semaphore.release()
except ValueError as error:
    print("ValueError:", error)

condition = threading.Condition()
items = []


def consumer():
    with condition:
        while not items:
            condition.wait()
        tell("got", items.pop())


c = threading.Thread(target=consumer)
c.start()
time.sleep(0.2)
with condition:
    items.append("x")
    condition.notify()
c.join()


class Counting(threading.Thread):
    def __init__(self, n):
        super().__init__(name=f"counting {n}", daemon=True)
        self.n = n

    def run(self):
        self.total = sum(range(self.n))


counting = Counting(10)
counting.start()
counting.join(1)
print(counting.total, counting.name, counting.daemon, counting.is_alive())
print(threading.main_thread() is threading.current_thread(), lock.acquire(timeout=0.1))
print(lock.acquire(blocking=False), lock.locked())


def late():
    time.sleep(0.2)
    tell("the interpreter waits for this")


threading.Thread(target=late).start()
tell("end of the program")
