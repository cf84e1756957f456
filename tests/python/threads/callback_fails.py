# stderr
from concurrent.futures import Future


def bad(future):
    raise ValueError("in a callback")


f = Future()
f.add_done_callback(bad)
f.add_done_callback(lambda f: print("the next one", f.result()))
f.set_result(1)
print("end")
