import threading

data = threading.local()
data.value = "main"
seen = {}


def work(name):
    seen[name] = hasattr(data, "value")
    data.value = name
    seen[name + " after"] = data.value


for name in ("a", "b"):
    t = threading.Thread(target=work, args=(name,))
    t.start()
    t.join()
print(seen, data.value)
del data.value
try:
    data.value
except AttributeError as error:
    print(error)
try:
    del data.value
except AttributeError as error:
    print(error)


class Mine(threading.local):
    count = 0

    def __init__(self, start):
        print("init in", threading.current_thread().name)
        self.start = start

    def bump(self):
        self.count += 1
        return self.start + self.count


mine = Mine(10)
print(mine.bump(), mine.bump())
t = threading.Thread(target=lambda: print(mine.bump(), mine.__dict__), name="other")
t.start()
t.join()
print(mine.bump(), sorted(mine.__dict__))
