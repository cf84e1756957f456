# Two threads count with a function call between the read and the write: a switch in the call loses
# an update, under the GIL as well.

import threading

counter = 0


def plus_one(number):
    return number + 1


def count():
    global counter
    counter = plus_one(counter)


threads = [threading.Thread(target=count) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(counter)
