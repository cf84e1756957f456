import threading, time, sys


def work():
    time.sleep(0.02)
    print("worker ends")


threading.Thread(target=work).start()
print("main exits")
sys.exit(3)
