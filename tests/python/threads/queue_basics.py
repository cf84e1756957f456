import queue, threading

q = queue.Queue()
for n in range(3):
    q.put(n)
print(q.qsize(), q.empty(), q.full(), [q.get() for _ in range(3)])
try:
    q.get_nowait()
except queue.Empty as error:
    print("empty", repr(error))
try:
    q.get(timeout=0.01)
except queue.Empty as error:
    print("empty after a time", repr(error))
small = queue.Queue(maxsize=1)
small.put("x")
try:
    small.put_nowait("y")
except queue.Full as error:
    print("full", repr(error))
try:
    small.put("y", timeout=0.01)
except queue.Full as error:
    print("full after a time", repr(error))
for bad in (lambda: q.get(timeout=-1), lambda: q.put(1, timeout=-1), lambda: q.task_done() or q.task_done() or q.task_done() or q.task_done()):
    try:
        bad()
    except ValueError as error:
        print(error)
p = queue.PriorityQueue()
for item in [(2, "b"), (1, "a"), (3, "c")]:
    p.put(item)
print([p.get() for _ in range(3)])
stack = queue.LifoQueue()
for n in range(3):
    stack.put(n)
print([stack.get() for _ in range(3)])
s = queue.SimpleQueue()
s.put(1)
s.put(2, block=False, timeout=3)
print(s.qsize(), s.empty(), s.get(), s.get_nowait(), s.empty())
try:
    s.get(timeout=0.01)
except queue.Empty:
    print("simple is empty")
try:
    s.get(timeout=-1)
except ValueError as error:
    print(error)
print(queue.Empty.__mro__[1].__name__, queue.Full.__module__)
