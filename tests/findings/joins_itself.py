import threading

threads = []


def work():
    threads[0].join()


threads.append(threading.Thread(target=work))
threads[0].start()
threads[0].join()
