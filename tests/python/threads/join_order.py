import threading, time

log = []


def work(n):
    time.sleep(0.05 * n)
    log.append(n)


threads = [threading.Thread(target=work, args=(n,)) for n in (3, 1, 2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(log)
print([t.name for t in threads])
print([t.is_alive() for t in threads])
t = threading.Thread(target=print, args=("kw",), kwargs={"end": "!\n"}, name="printer", daemon=True)
print(t.name, t.daemon, t.is_alive(), t.ident)
t.start()
t.join()
print(t.name, t.daemon, t.is_alive(), t.ident is not None, t.native_id is not None)
t = threading.Thread(target=time.sleep, args=(0.05,))
t.start()
print(t.join(0.001), t.is_alive())
print(t.join(timeout=-1), t.is_alive())
print(t.join(), t.is_alive())
print(threading.active_count(), threading.enumerate() == [threading.main_thread()])
print(threading.current_thread() is threading.main_thread(), threading.current_thread().name)
