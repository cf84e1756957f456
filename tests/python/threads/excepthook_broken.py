# stderr
import threading


def hook(args):
    raise ValueError("in the hook")


def fails():
    raise KeyError("in the thread")


threading.excepthook = hook
t = threading.Thread(target=fails, name="broken")
t.start()
t.join()
print("end")
