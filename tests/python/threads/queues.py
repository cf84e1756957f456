import queue
import threading
import time

def tell(*what):
    print(*what)


q = queue.Queue(maxsize=2)


def producer():
    for i in range(5):
        q.put(i)
        tell("put", i)
        time.sleep(0.05)


def consumer():
    time.sleep(0.5)
    for _ in range(5):
        item = q.get()
        tell("got", item)
        q.task_done()
        time.sleep(0.2)


p = threading.Thread(target=producer)
c = threading.Thread(target=consumer)
p.start()
c.start()
q.join()
tell("all done", q.empty(), q.qsize())
p.join()
c.join()
for wait in (False, True):
    try:
        q.get(block=wait, timeout=0.1)
    except queue.Empty:
        tell("empty")
small = queue.Queue(1)
small.put(1)
for wait in (False, True):
    try:
        small.put(2, block=wait, timeout=0.1)
    except queue.Full:
        tell("full")
lifo = queue.LifoQueue()
priority = queue.PriorityQueue()
for n in (2, 3, 1):
    lifo.put(n)
    priority.put((n, str(n)))
print([lifo.get() for _ in range(3)], [priority.get() for _ in range(3)])
simple = queue.SimpleQueue()
simple.put("x")
print(simple.get(), simple.empty())
try:
    simple.get_nowait()
except queue.Empty:
    print("empty")
try:
    q.task_done()
except ValueError as error:
    print("ValueError:", error)


def shut():
    time.sleep(0.1)
    q.shutdown()


threading.Thread(target=shut).start()
try:
    q.get()
except queue.ShutDown:
    tell("shut down")
