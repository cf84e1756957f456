class Account:
    def __init__(self):
        self._balance = 0

    def get(self):
        return self.balance

Account().get()
