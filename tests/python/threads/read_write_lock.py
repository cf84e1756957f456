import threading, time


class ReadWrite:
    def __init__(self):
        self._cond = threading.Condition()
        self._readers = 0

    def read(self):
        with self._cond:
            self._readers += 1

    def read_done(self):
        with self._cond:
            self._readers -= 1
            if not self._readers:
                self._cond.notify_all()

    def write(self):
        self._cond.acquire()
        while self._readers:
            self._cond.wait()

    def write_done(self):
        self._cond.release()


rw = ReadWrite()
log = []


def reader():
    rw.read()
    time.sleep(0.02)
    log.append("read")
    rw.read_done()


def writer():
    rw.write()
    log.append("write")
    rw.write_done()


readers = [threading.Thread(target=reader) for _ in range(3)]
for t in readers:
    t.start()
w = threading.Thread(target=writer)
w.start()
for t in readers + [w]:
    t.join()
print(log)
