# stderr
import threading


def fails(n):
    return 1 // n


t = threading.Thread(target=fails, args=(0,), name="divider")
t.start()
t.join()
print("after", t.is_alive())


def hook(args):
    print("hook", args.exc_type.__name__, args.exc_value, args.thread.name, args.exc_traceback is not None)
    print(type(args).__name__, len(args))


threading.excepthook = hook
t = threading.Thread(target=fails, args=(0,), name="hooked")
t.start()
t.join()
threading.excepthook = threading.__excepthook__


def exits():
    raise SystemExit(3)


t = threading.Thread(target=exits)
t.start()
t.join()
print("exit ignored")


def chained():
    try:
        fails(0)
    except ZeroDivisionError as error:
        raise KeyError("outer") from error


t = threading.Thread(target=chained)
t.start()
t.join()
print("end")
