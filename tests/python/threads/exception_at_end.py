# stderr
import threading, time


def late():
    time.sleep(0.05)
    print("late")
    raise ValueError("after main")


threading.Thread(target=late, name="late").start()
print("main ends")
