import asyncio, threading


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()

    def work():
        for label, call in [
            ("call_soon", lambda: loop.call_soon(print)),
            ("call_later", lambda: loop.call_later(1, print)),
            ("call_at", lambda: loop.call_at(1, print)),
            ("create_task", lambda: loop.create_task(asyncio.sleep(0))),
        ]:
            try:
                call()
            except RuntimeError as error:
                print(label, error)
        loop.call_soon_threadsafe(future.set_result, 1)

    t = threading.Thread(target=work)
    t.start()
    print(await future)
    t.join()


asyncio.run(main(), debug=True)
