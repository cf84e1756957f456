import asyncio


async def stubborn():
    while True:
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError as e:
            print("refused", e.args)
            await asyncio.sleep(0)
            return "stubborn result"


async def cleaning():
    try:
        await asyncio.sleep(1)
    except asyncio.CancelledError:
        print("cleaning")
        await asyncio.sleep(0)
        print("cleaned")
        raise


async def main():
    t = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    t.cancel("please")
    print(await t, t.cancelled(), t.done())
    t = asyncio.create_task(cleaning())
    await asyncio.sleep(0)
    print(t.cancel(), t.cancel())
    try:
        await t
    except asyncio.CancelledError as e:
        print("cancelled", e.args, t.cancelled())
    t = asyncio.create_task(asyncio.sleep(0, "quick"))
    await t
    print(t.cancel(), t.result())
    t = asyncio.create_task(cleaning())
    t.cancel()
    results = await asyncio.gather(t, return_exceptions=True)
    print(results)

    async def parent():
        try:
            await asyncio.gather(cleaning(), cleaning())
        except asyncio.CancelledError:
            print("parent cancelled")
            raise
    p = asyncio.create_task(parent())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    p.cancel()
    try:
        await p
    except asyncio.CancelledError:
        print("p done")

    async def catcher():
        try:
            await asyncio.sleep(1)
        except Exception:
            print("never: CancelledError is no Exception")
        except BaseException as e:
            print("base", type(e).__name__)
    c = asyncio.create_task(catcher())
    await asyncio.sleep(0)
    c.cancel()
    await c
    fut = asyncio.get_running_loop().create_future()
    fut.cancel()
    try:
        await fut
    except asyncio.CancelledError:
        print("future cancelled")
    try:
        fut.result()
    except asyncio.CancelledError:
        print("result cancelled")
    me = asyncio.current_task()
    me.cancel()
    try:
        await asyncio.sleep(0)
    except asyncio.CancelledError:
        print("myself", me.cancelling(), me.uncancel())


asyncio.run(main())
