import threading

c = threading.Condition(threading.Lock())
print("unlocked _thread.lock" in repr(c), repr(c).endswith(", 0)>"))
e = threading.Event()
waiting = threading.Thread(target=e.wait)
waiting.start()
print(waiting.is_alive())
e.set()
waiting.join()
print(hasattr(c, "notifyAll"), c._is_owned() if hasattr(c, "_is_owned") else None)
with c:
    print(repr(c).startswith("<Condition(<locked"))
