import asyncio


async def runner(barrier, name, pace, log):
    for phase in range(3):
        await asyncio.sleep(pace)
        index = await barrier.wait()
        log.append((phase, name, index))
        if index == 0:
            print(f'phase {phase}: {name} came first', barrier.n_waiting)


async def visitor(barrier, delay):
    await asyncio.sleep(delay)
    try:
        async with barrier as position:
            return position
    except asyncio.BrokenBarrierError as error:
        return f'broken: {error}'


async def main():
    barrier, log = asyncio.Barrier(3), []
    await asyncio.gather(*(runner(barrier, name, pace, log)
                           for name, pace in (('x', 0.03), ('y', 0.01), ('z', 0.02))))
    print(log)
    waiting = [asyncio.create_task(visitor(barrier, 0.01 * number)) for number in range(2)]
    await asyncio.sleep(0.05)
    print(barrier.n_waiting, barrier.broken)
    await barrier.reset()
    print(await asyncio.gather(*waiting))
    waiting = [asyncio.create_task(visitor(barrier, 0.01 * number)) for number in range(3)]
    await asyncio.sleep(0.015)
    waiting[0].cancel()
    await asyncio.sleep(0)
    print(barrier.n_waiting)
    await barrier.abort()
    print(await asyncio.gather(*waiting, return_exceptions=True), barrier.broken)
    print(await visitor(barrier, 0))
    await barrier.reset()
    print(await asyncio.gather(*(visitor(barrier, 0) for _ in range(3))), barrier.parties)


asyncio.run(main())
