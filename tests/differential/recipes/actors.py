import asyncio
from dataclasses import dataclass, field


@dataclass
class Message:
    kind: str
    amount: int = 0
    reply: asyncio.Future = field(default=None, repr=False)


class Account:
    def __init__(self, balance):
        self.balance = balance
        self.inbox = asyncio.Queue()

    async def run(self):
        while True:
            match await self.inbox.get():
                case Message('deposit', amount):
                    self.balance += amount
                case Message('withdraw', amount, reply) if amount > self.balance:
                    reply.set_exception(ValueError(f'only {self.balance}'))
                case Message('withdraw', amount, reply):
                    self.balance -= amount
                    reply.set_result(self.balance)
                case Message('stop'):
                    return self.balance
                case other:
                    print('ignored', other)

    async def ask(self, kind, amount):
        reply = asyncio.get_running_loop().create_future()
        await self.inbox.put(Message(kind, amount, reply))
        return await reply


async def transfer(source, target, amount):
    left = await source.ask('withdraw', amount)
    await target.inbox.put(Message('deposit', amount))
    return left


async def main():
    a, b = Account(100), Account(0)
    async with asyncio.TaskGroup() as group:
        runs = [group.create_task(account.run()) for account in (a, b)]
        results = await asyncio.gather(*(transfer(a, b, amount) for amount in (30, 50, 40, 20)),
                                       return_exceptions=True)
        print(results)
        await a.inbox.put(Message('odd', 1))
        for account in (b, a):
            await account.inbox.put(Message('stop'))
    print([run.result() for run in runs], a.inbox.qsize())


asyncio.run(main())
