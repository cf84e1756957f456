class InsufficientFunds(Exception):
    def __init__(self, need, have):
        self.need, self.have = need, have
        super().__init__(f"need {need}, have {have}")
class Account:
    _next = 1
    rate = 0.05
    def __init__(self, owner, balance=0):
        self.owner, self._balance, self.history = owner, balance, []
        self.number = Account._next
        Account._next += 1
    @property
    def balance(self): return self._balance
    def deposit(self, n):
        if n <= 0: raise ValueError("Deposit must be positive")
        self._balance += n; self.history.append(("deposit", n))
    def withdraw(self, n):
        if n > self._balance: raise InsufficientFunds(n, self._balance)
        self._balance -= n; self.history.append(("withdraw", n))
    def __repr__(self): return f"{type(self).__name__}({self.owner!r}, {self._balance:.2f})"
    def __lt__(self, o): return self._balance < o._balance
    def __eq__(self, o): return isinstance(o, Account) and self.number == o.number
    def __hash__(self): return hash(self.number)
class Savings(Account):
    rate = 0.1
    def interest(self): self.deposit(self._balance * self.rate)
a, b = Account("ann", 100), Savings("bob", 50)
b.interest(); a.withdraw(30); a.deposit(5)
for f in (lambda: a.withdraw(1000), lambda: a.deposit(-1), lambda: setattr(a, "balance", 5)):
    try: f()
    except InsufficientFunds as e: print("funds:", e, e.need - e.have)
    except (ValueError, AttributeError) as e: print(type(e).__name__, e)
print(a, b, sorted([a, b]), max(a, b), a.history, a.number, b.number, {a: 1}[a], a == b, a != b, a in {a, b})
print(f"{a.balance:>10.2f}|{b.balance:<8}|{a.owner:^7}|{a!r}", sum(x.balance for x in (a, b)))
