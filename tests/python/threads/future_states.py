from concurrent.futures import Future, ThreadPoolExecutor
import threading


def shown(f):
    text = repr(f)
    start, rest = text.split(" at ")
    return start + " " + rest.split(" ", 1)[1]


f = Future()
print(shown(f), f.done(), f.running(), f.cancelled())
f.set_running_or_notify_cancel()
print(shown(f), f.done(), f.running(), f.cancelled(), f.cancel())
f.add_done_callback(lambda f: print("callback", f.result()))
f.set_result([1, 2])
print(shown(f), f.done(), f.running(), f.cancelled())
f.add_done_callback(lambda f: print("late callback", f.result()))
g = Future()
g.set_exception(ValueError("bad"))
print(shown(g), repr(g.exception()))
h = Future()
h.add_done_callback(lambda f: print("cancelled callback", f.cancelled()))
print(h.cancel(), shown(h))
gate = threading.Event()
with ThreadPoolExecutor(1) as pool:
    first = pool.submit(gate.wait)
    second = pool.submit(print, "never")
    print(second.cancel(), shown(second))
    gate.set()
    print(first.result(), shown(first))
print(shown(second))
