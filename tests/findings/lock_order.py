import threading

first = threading.Lock()
second = threading.RLock()
third = threading.Lock()


def one():
    with first:
        with second:
            with second:
                pass


def two():
    with second, third:
        pass


def three():
    with third:
        with first:
            pass


for f in (one, two, three):
    t = threading.Thread(target=f)
    t.start()
    t.join()
