import threading


class Adder(threading.Thread):
    def __init__(self, a, b):
        super().__init__(name=f"adder-{a}")
        self.a, self.b = a, b
        self.result = None

    def run(self):
        self.result = self.a + self.b
        print(self.name, threading.current_thread() is self, threading.current_thread().name)


adders = [Adder(n, n * n) for n in range(3)]
for adder in adders:
    adder.start()
    adder.join()
print([adder.result for adder in adders])


class Override(threading.Thread):
    def start(self):
        print("starting", self.name)
        super().start()

    def join(self, timeout=None):
        super().join(timeout)
        print("joined", self.name)


t = Override(target=lambda: print("in", threading.current_thread().name))
t.start()
t.join()
t.name = "other"
print(t.name, t.getName() if hasattr(t, "getName") else "")
print(threading.Thread(target=Adder).name, threading.Thread().name)


class Callable:
    def __call__(self):
        print("called in", threading.current_thread().name)


t = threading.Thread(target=Callable())
t.start()
t.join()
import functools
t = threading.Thread(target=functools.partial(print, "partial"))
print(t.name)
t.start()
t.join()
