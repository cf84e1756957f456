import threading

main = threading.main_thread()
print(main.name, main.is_alive(), main.daemon, main is threading.current_thread())
done = threading.Event()


def work():
    print("in thread", threading.main_thread() is main, main.is_alive())
    print(sorted(t.name for t in threading.enumerate()))
    print(threading.active_count())
    done.wait()


t = threading.Thread(target=work, name="w")
t.start()
done.set()
t.join()
print(sorted(t.name for t in threading.enumerate()))
print(threading.get_ident() == main.ident)
print(threading.TIMEOUT_MAX > 1000)
print(isinstance(threading.ThreadError, type), threading.ThreadError is RuntimeError)
