# Ordered by a lock, by join, by an event, by a queue: nothing to tell.
import queue
import threading

lock = threading.Lock()
ready = threading.Event()
q = queue.Queue()
counter = 0
message = None
item = None


def work():
    global counter
    with lock:
        counter += 1


def writer():
    global message
    message = "hello"
    ready.set()


def reader():
    ready.wait()
    print(message)


def producer():
    global item
    item = 5
    q.put("there")


threads = [threading.Thread(target=f) for f in (work, work, reader, writer, producer)]
for t in threads:
    t.start()
q.get()
print(item)
for t in threads:
    t.join()
print(counter)
