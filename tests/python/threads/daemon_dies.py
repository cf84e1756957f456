import threading, time


def forever():
    n = 0
    while True:
        time.sleep(1)
        print("tick")


def child():
    print("child is daemon:", threading.current_thread().daemon)


t = threading.Thread(target=forever, daemon=True)
t.start()


def parent():
    c = threading.Thread(target=child)
    c.start()
    c.join()


p = threading.Thread(target=parent, daemon=True)
p.start()
p.join()
print("main ends", t.is_alive())
