class Stop(Exception): ...
def f():
    raise Stop
f()
