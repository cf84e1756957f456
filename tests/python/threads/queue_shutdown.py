import queue, threading

q = queue.Queue()
q.put(1)
q.shutdown()
try:
    q.put(2)
except queue.ShutDown as error:
    print("put", repr(error))
print(q.get())
try:
    q.get()
except queue.ShutDown as error:
    print("get", repr(error))
q = queue.Queue(1)
seen = []


def waits():
    try:
        q.get()
    except queue.ShutDown:
        seen.append("woken")


t = threading.Thread(target=waits)
t.start()
q.shutdown(immediate=True)
t.join()
print(seen, q.is_shutdown)
p = queue.Queue()
p.put(1)
p.put(2)
p.shutdown(immediate=True)
print(p.qsize(), p.unfinished_tasks)
p.join()
