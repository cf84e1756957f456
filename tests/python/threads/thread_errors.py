import threading


def attempt(label, function, *args, **kwargs):
    try:
        print(label, function(*args, **kwargs))
    except BaseException as error:
        print(label, type(error).__name__, error)


t = threading.Thread(target=lambda: None)
attempt("join before start", t.join)
t.start()
attempt("start twice", t.start)
t.join()
attempt("start after end", t.start)
attempt("join twice", t.join)
attempt("join main from main", threading.main_thread().join)
attempt("join self", threading.current_thread().join)
attempt("daemon of active", setattr, threading.current_thread(), "daemon", True)
attempt("group", threading.Thread, "g")
attempt("join text", t.join, "x")
attempt("release", threading.Lock().release)
attempt("release rlock", threading.RLock().release)
attempt("wait", threading.Condition().wait)
attempt("notify", threading.Condition().notify)
attempt("notify_all", threading.Condition(threading.Lock()).notify_all)
attempt("semaphore", threading.Semaphore, -1)
attempt("semaphore release", threading.Semaphore().release, 0)
attempt("bounded", threading.BoundedSemaphore(2).release)
attempt("barrier", threading.Barrier, 0)
attempt("timeout", threading.Lock().acquire, timeout=-2)
attempt("timeout nonblocking", threading.Lock().acquire, False, 1)
attempt("blocking minus one", threading.Lock().acquire, False, -1)
attempt("semaphore nonblocking", threading.Semaphore().acquire, False, 1)


class Mine(threading.Thread):
    def __init__(self):
        pass


attempt("no init", Mine().start)
attempt("no init join", Mine().join)
attempt("large", threading.Lock().acquire, True, 1e20)
attempt("text", threading.Lock().acquire, True, "x")
