# stderr
import threading, time


def work():
    time.sleep(0.05)
    print("worker still runs")


threading.Thread(target=work).start()
raise RuntimeError("main fails")
