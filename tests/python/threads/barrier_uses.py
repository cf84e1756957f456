import threading

action = []
barrier = threading.Barrier(3, action=lambda: action.append("all here"))
indices = []


def work():
    for _ in range(2):
        indices.append(barrier.wait())


threads = [threading.Thread(target=work) for _ in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sorted(indices), action, barrier.n_waiting, barrier.parties, barrier.broken)
broken = threading.Barrier(2, timeout=0.01)
try:
    broken.wait()
except threading.BrokenBarrierError as error:
    print("broken", repr(error), broken.broken)
try:
    broken.wait()
except threading.BrokenBarrierError as error:
    print("still", repr(error))
broken.reset()
print(broken.broken, broken.n_waiting)
broken.abort()
print(broken.broken)
seen = []
again = threading.Barrier(2)


def waits():
    try:
        again.wait()
    except threading.BrokenBarrierError:
        seen.append("aborted")


t = threading.Thread(target=waits)
t.start()
while again.n_waiting == 0:
    pass
again.abort()
t.join()
print(seen)


def bad():
    raise ValueError("action")


failing = threading.Barrier(1, action=bad)
try:
    failing.wait()
except ValueError as error:
    print(error, failing.broken)
print(repr(threading.Barrier(2)).split(" at ")[0], repr(threading.Barrier(2)).split(": ")[1])
print(repr(failing).split(": ")[1])
print(threading.Barrier(1).wait())
print(issubclass(threading.BrokenBarrierError, RuntimeError))
