import asyncio
from collections import deque


class Graph:
    def __init__(self, **needs):
        self.needs = needs
        self.events = {name: asyncio.Event() for name in needs}
        self.order = deque()

    async def build(self, name, seconds):
        await asyncio.gather(*(self.events[need].wait() for need in self.needs[name]))
        start = round(asyncio.get_running_loop().time() - self.start, 2)
        self.order.append(f'{name}@{start}')
        await asyncio.sleep(seconds)
        self.events[name].set()

    async def run(self, **seconds):
        self.start = asyncio.get_running_loop().time()
        async with asyncio.timeout(2), asyncio.TaskGroup() as group:
            for name in self.needs:
                group.create_task(self.build(name, seconds.get(name, 0.1)))
        return list(self.order)


async def main():
    graph = Graph(app=['lib', 'assets'], lib=['core'], core=[], assets=['tool'], tool=['core'])
    print(await graph.run(core=0.2, tool=0.3))
    circle = Graph(a=['b'], b=['a'])
    try:
        await circle.run()
    except TimeoutError:
        print('no order', list(circle.order))


asyncio.run(main())
