import threading, sys, time

print(sys.getswitchinterval())
t = threading.Thread(target=lambda: None, name="x")
print(repr(t))
t.start()
t.join()
print(repr(t).split(" ")[0:2], "stopped" in repr(t))
d = threading.Thread(name="d", daemon=True)
print(repr(d))
print(repr(threading.main_thread()).split("started")[0])
seen = []
for name in ("currentThread", "activeCount"):
    seen.append(hasattr(threading, name))
print(seen)
print(threading.Thread.__name__, threading.Lock, threading.Event.__name__)
