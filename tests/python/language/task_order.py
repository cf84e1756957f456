import asyncio


async def step(name, n):
    for i in range(n):
        print(name, i)
        await asyncio.sleep(0)
    return name


async def main():
    a = asyncio.create_task(step("a", 3))
    b = asyncio.create_task(step("b", 2))
    print("created")
    await step("main", 2)
    print("main steps done")
    print(await a, await b)
    loop = asyncio.get_running_loop()
    loop.call_soon(print, "soon 1")
    loop.call_soon(print, "soon 2")
    loop.call_later(0, print, "later 0")
    h = loop.call_soon(print, "never")
    h.cancel()
    await asyncio.sleep(0.01)
    t = asyncio.create_task(step("t", 1), name="named")
    t.add_done_callback(lambda t: print("callback", t.get_name(), t.result()))
    await t
    await asyncio.sleep(0)
    results = await asyncio.gather(step("x", 1), step("y", 2), step("z", 1))
    print(results)
    for fut in asyncio.as_completed([step("p", 2)]):
        print("done", await fut)
    done, pending = await asyncio.wait([asyncio.create_task(step("m", 1)), asyncio.create_task(step("n", 3))])
    print(sorted(t.result() for t in done), pending)

    async def fail():
        await asyncio.sleep(0)
        raise ValueError("failed")
    try:
        await asyncio.gather(fail(), step("g", 3))
    except ValueError as e:
        print("gather raised", e)
    print(await asyncio.gather(fail(), step("h", 1), return_exceptions=True))
    await asyncio.sleep(0)
    fut = loop.create_future()

    async def setter():
        await asyncio.sleep(0)
        fut.set_result("set")
    s = asyncio.create_task(setter())
    print(await fut, s.done())
    try:
        fut.set_result(1)
    except asyncio.InvalidStateError as e:
        print("InvalidStateError", e)


asyncio.run(main())
