import threading

first = threading.Lock()
second = threading.Lock()
meet = threading.Barrier(2)


def one():
    with first:
        meet.wait()
        with second:
            pass


def two():
    with second:
        meet.wait()
        with first:
            pass


a = threading.Thread(target=one, name="one")
b = threading.Thread(target=two, name="two")
a.start()
b.start()
a.join()
