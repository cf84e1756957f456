import asyncio


class Account:
    def __init__(self):
        self.balance = 100


account = Account()
counter = 0
stock = {"apples": 3}


async def price():
    await asyncio.sleep(0.01)
    return 10


async def buy():
    global counter
    account.balance -= await price()
    counter = counter + await price()
    stock["apples"] = stock["apples"] - (await price()) // 10


async def safe(lock):
    async with lock:
        account.balance -= await price()


async def main():
    await asyncio.gather(buy(), buy())
    print(account.balance, counter, stock)
    lock = asyncio.Lock()
    await asyncio.gather(safe(lock), safe(lock))
    print(account.balance)


asyncio.run(main())
