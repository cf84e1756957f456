import threading, sys
def f():
    print("in thread")
    sys.exit(4)
t = threading.Thread(target=f)
t.start(); t.join()
print("main goes on")
