import threading

ready = threading.Event()
go = threading.Event()


def work():
    print("worker: ready")
    ready.set()
    print("worker: got", go.wait())
    print("worker: done")


t = threading.Thread(target=work)
t.start()
print("main: ready", ready.wait(), ready.is_set())
print("main: go")
go.set()
t.join()
print(threading.Event().wait(0.01), threading.Event().wait(0), go.wait(0))
go.clear()
print(go.is_set(), go.wait(timeout=0.001))
e = threading.Event()
print(repr(e).split(" at ")[0], repr(e).split(": ")[1])
e.set()
print(repr(e).split(": ")[1])
results = []
gate = threading.Event()


def waiter(n):
    gate.wait()
    results.append(n)


threads = [threading.Thread(target=waiter, args=(n,)) for n in range(5)]
for t in threads:
    t.start()
gate.set()
for t in threads:
    t.join()
print(sorted(results))
