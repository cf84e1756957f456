import threading

forks = [threading.Lock() for _ in range(4)]
eaten = [0] * 4


def philosopher(n):
    first, second = sorted((n, (n + 1) % 4))
    for _ in range(25):
        with forks[first]:
            with forks[second]:
                eaten[n] += 1


threads = [threading.Thread(target=philosopher, args=(n,)) for n in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(eaten)
