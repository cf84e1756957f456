class Account:
    def __init__(self, owner):
        self.owner = owner
        self._balance = 0

    def deposit(self, amount):
        self._balanse += amount

    def show(self):
        return f"{self.owner}: {self.balance:.2f}"

acc = Account("Ann")
try:
    acc.deposit(5)
except AttributeError as e:
    print(e)
try:
    acc.show()
except AttributeError as e:
    print(e)
acc.depositt(1)
