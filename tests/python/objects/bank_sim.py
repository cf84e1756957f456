from __future__ import annotations
import asyncio, itertools, random
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Protocol
class Status(Enum):
    PENDING = auto(); DONE = auto(); FAILED = auto()
class InsufficientFunds(Exception):
    def __init__(self, need, have):
        super().__init__(f"need {need}, have {have}")
        self.need, self.have = need, have
@dataclass
class Account:
    owner: str
    balance: int = 0
    history: list[tuple[str, int]] = field(default_factory=list, repr=False)
    _ids = itertools.count(1)
    def __post_init__(self): self.id = next(self._ids); self.lock = asyncio.Lock()
    def withdraw(self, n):
        if n > self.balance: raise InsufficientFunds(n, self.balance)
        self.balance -= n; self.history.append(("out", n))
    def deposit(self, n): self.balance += n; self.history.append(("in", n))
@dataclass(order=True)
class Transfer:
    amount: int
    src: Account = field(compare=False)
    dst: Account = field(compare=False)
    status: Status = field(default=Status.PENDING, compare=False)
    async def run(self):
        first, second = sorted((self.src, self.dst), key=lambda a: a.id)
        async with first.lock, second.lock:
            await asyncio.sleep(0.01)
            try: self.src.withdraw(self.amount)
            except InsufficientFunds as e:
                self.status = Status.FAILED
                e.add_note(f"from {self.src.owner}")
                raise
            self.dst.deposit(self.amount); self.status = Status.DONE
async def main():
    random.seed(1)
    accs = [Account(n, 100) for n in ("ann", "bob", "cy")]
    ts = [Transfer(random.randint(10, 90), *random.sample(accs, 2)) for _ in range(8)]
    res = await asyncio.gather(*(t.run() for t in ts), return_exceptions=True)
    for t, r in zip(ts, res):
        print(f"{t.src.owner:>4} -> {t.dst.owner:<4} {t.amount:3d} {t.status.name:7} {r!r}")
    print([(a.owner, a.balance, len(a.history)) for a in accs], sum(a.balance for a in accs))
    failed = [r for r in res if isinstance(r, Exception)]
    if failed: print(failed[0].__notes__, failed[0].need > failed[0].have)
    print(max(ts).amount, sorted(ts)[0].amount, accs[0])
asyncio.run(main())
