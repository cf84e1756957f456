import asyncio, contextvars, threading

var = contextvars.ContextVar("var", default="unset")


def read():
    before = var.get()
    var.set("changed")
    return before


async def main():
    var.set("main")
    print(await asyncio.to_thread(read), var.get())
    loop = asyncio.get_running_loop()
    print(await loop.run_in_executor(None, read), var.get())
    try:
        await asyncio.to_thread(int, "x")
    except ValueError as error:
        print(error)
    try:
        await asyncio.wait_for(asyncio.to_thread(threading.Event().wait, 0.05), 0.01)
    except TimeoutError:
        print("timed out")
    print(await asyncio.gather(*(asyncio.to_thread(lambda n=n: n * n) for n in range(4))))


asyncio.run(main())
