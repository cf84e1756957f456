import threading

counter = 0
results = {"sum": 0}


class Account:
    def __init__(self):
        self.balance = 0


account = Account()


def one(x):
    return x + 1


def work():
    global counter
    counter = one(counter)
    account.balance = one(account.balance)
    results["sum"] = one(results["sum"])


threads = [threading.Thread(target=work) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(counter, account.balance, results)
