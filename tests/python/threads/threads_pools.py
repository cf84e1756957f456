import threading, queue, time, concurrent.futures as cf
from threading import Thread, Lock, Event, Condition, Semaphore, local, Timer, RLock, Barrier
counter = 0
lock = Lock()
def work(n):
    global counter
    for _ in range(n):
        with lock: counter += 1
ts = [Thread(target=work, args=(100,), name=f"w{i}") for i in range(4)]
for t in ts: t.start()
for t in ts: t.join()
print(counter, [t.is_alive() for t in ts], ts[0].name, threading.current_thread().name, threading.active_count())
q = queue.Queue()
def prod():
    for i in range(3): q.put(i); time.sleep(0.01)
    q.put(None)
out = []
def cons():
    while (x := q.get()) is not None: out.append(x * x)
a, b = Thread(target=prod), Thread(target=cons); a.start(); b.start(); a.join(); b.join(); print(out)
with cf.ThreadPoolExecutor(max_workers=3) as ex:
    fs = [ex.submit(pow, 2, n) for n in range(5)]
    print([f.result() for f in fs], list(ex.map(lambda x: x + 1, [1, 2])))
    f = ex.submit(lambda: 1 / 0)
    try: f.result()
    except ZeroDivisionError as e: print("err", e, f.exception().__class__.__name__, f.done())
    for f in cf.as_completed([ex.submit(time.sleep, 0.05), ex.submit(time.sleep, 0.01)]): print(f.result())
    done, nd = cf.wait([ex.submit(len, "abc")]); print(len(done), len(nd))
ev = Event()
def waiter(): print("got", ev.wait(1))
t = Thread(target=waiter); t.start(); time.sleep(0.01); ev.set(); t.join()
loc = local()
def setl(v): loc.v = v; time.sleep(0.01); res.append(loc.v)
res = []; ts = [Thread(target=setl, args=(i,)) for i in range(3)]; [t.start() for t in ts]; [t.join() for t in ts]; print(sorted(res), hasattr(loc, "v"))
tm = Timer(0.01, print, ["timer fired"]); tm.start(); tm.join()
r = RLock()
with r:
    with r: print("reentrant")
class W(Thread):
    def __init__(self, n): super().__init__(daemon=True); self.n, self.result = n, None
    def run(self): self.result = self.n ** 2
w = W(7); w.start(); w.join(); print(w.result, w.daemon)
s = Semaphore(1); print(s.acquire(blocking=False), s.acquire(blocking=False)); s.release()
cond = Condition(); ready = []
def c():
    with cond: cond.wait_for(lambda: ready, timeout=1); print("ready", ready)
t = Thread(target=c); t.start(); time.sleep(0.01)
with cond: ready.append(1); cond.notify_all()
t.join()
print(lock.locked(), lock.acquire(timeout=0.01), lock.acquire(False)); lock.release()
try: lock.release()
except RuntimeError as e: print(e)
try: t.start()
except RuntimeError as e: print(e)
pq = queue.PriorityQueue(); [pq.put(x) for x in (3, 1, 2)]; print([pq.get() for _ in range(3)])
try: queue.Queue().get(timeout=0.01)
except queue.Empty: print("Empty")
try: queue.Queue(1).put_nowait(1); qq = queue.Queue(1); qq.put(1); qq.put_nowait(2)
except queue.Full: print("Full")
