import threading

cond = threading.Condition()
turn = 0
out = []


def player(me, rounds):
    global turn
    for _ in range(rounds):
        with cond:
            while turn != me:
                cond.wait()
            out.append("ab"[me])
            turn = 1 - me
            cond.notify()


threads = [threading.Thread(target=player, args=(n, 5)) for n in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print("".join(out))
