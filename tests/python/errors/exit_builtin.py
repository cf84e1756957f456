def f():
    exit(4)
f()
