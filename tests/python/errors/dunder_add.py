class Money:
    def __init__(self, amount, cur):
        self.amount, self.cur = amount, cur
    def __add__(self, other):
        if self.cur != other.cur:
            raise ValueError(f"{self.cur} vs {other.cur}")
        return Money(self.amount + other.amount, self.cur)
total = Money(1, "EUR") + Money(2, "USD")
