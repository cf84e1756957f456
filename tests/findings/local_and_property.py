import threading

class Account:
    __slots__ = ("raw", "lock", "bare")
    def __init__(self):
        self.raw = 0
        self.bare = 0
        self.lock = threading.Lock()
    @property
    def value(self):
        return self.raw
    @value.setter
    def value(self, new):
        with self.lock:
            self.raw = new

a = Account()
local = threading.local()
def work(n):
    a.value = n
    a.bare = n
    local.v = n
    local.v += 1

ts = [threading.Thread(target=work, args=(i,)) for i in range(2)]
for t in ts: t.start()
for t in ts: t.join()
print(a.bare >= 0)
