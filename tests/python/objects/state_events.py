import asyncio, enum, functools, operator
from collections import defaultdict
class State(enum.Enum):
    IDLE = "idle"; RUN = "run"; STOP = "stop"
    def __str__(self): return self.value
class Machine:
    table = {(State.IDLE, "start"): State.RUN, (State.RUN, "pause"): State.IDLE, (State.RUN, "stop"): State.STOP}
    def __init__(self): self.state, self.hooks = State.IDLE, defaultdict(list)
    def on(self, st):
        def deco(fn): self.hooks[st].append(fn); return fn
        return deco
    def fire(self, ev):
        try: new = self.table[self.state, ev]
        except KeyError: raise ValueError(f"cannot {ev} from {self.state}") from None
        old, self.state = self.state, new
        for h in self.hooks[new]: h(old, new)
        return self
m = Machine()
@m.on(State.RUN)
def running(old, new): print(f"{old} -> {new}")
m.on(State.STOP)(lambda o, n: print("stopped", o, n))
m.fire("start").fire("pause").fire("start").fire("stop")
try: m.fire("start")
except ValueError as e: print(e, e.__cause__, e.__suppress_context__)
class Bus:
    def __init__(self): self.subs = {}
    def subscribe(self, topic, fn, *, prio=0): self.subs.setdefault(topic, []).append((prio, fn)); self.subs[topic].sort(key=operator.itemgetter(0))
    async def publish(self, topic, **data):
        for _, fn in self.subs.get(topic, ()):
            r = fn(**data)
            if asyncio.iscoroutine(r): r = await r
            print(" ", fn.__name__, "->", r)
bus = Bus()
async def slow(x, **_): await asyncio.sleep(0.1); return x * 2
def fast(x, y=0): return x + y
bus.subscribe("t", slow, prio=5); bus.subscribe("t", fast)
class Signal:
    def __init__(self): self._w = []
    def connect(self, f): self._w.append(f); return functools.partial(self._w.remove, f)
    def __call__(self, *a): return [f(*a) for f in self._w]
sig = Signal(); off = sig.connect(abs); sig.connect(str); print(sig(-5)); off(); print(sig(-5))
class Ctx:
    stack = []
    def __enter__(self): self.stack.append(self); return self
    def __exit__(self, *e): self.stack.pop()
with Ctx() as a, Ctx() as b: print(len(Ctx.stack), a is not b)
async def main():
    await bus.publish("t", x=4); await bus.publish("none")
    loop = asyncio.get_running_loop()
    h = loop.call_later(0.2, print, "late"); loop.call_soon(print, "soon"); loop.call_at(loop.time() + 0.1, print, "at")
    await asyncio.sleep(0.15); h.cancel(); print(h.cancelled(), h.when() > 0)
    t = asyncio.create_task(slow(1)); t.add_done_callback(lambda t: print("done", t.result())); await t; await asyncio.sleep(0)
    q = asyncio.PriorityQueue()
    for p in (3, 1, 2): q.put_nowait((p, f"job{p}"))
    while not q.empty(): print(await q.get())
    try: q.get_nowait()
    except asyncio.QueueEmpty as e: print(type(e).__name__)
    try: await asyncio.wait_for(asyncio.sleep(5), timeout=0.1)
    except asyncio.TimeoutError: print("timeout")
    b = asyncio.Barrier(2)
    async def arrive(n): await asyncio.sleep(n / 10); i = await b.wait(); return n
    print(await asyncio.gather(arrive(1), arrive(2)))
    r = await asyncio.gather(slow(1), asyncio.sleep(0.01), return_exceptions=True); print(r)
    async def fails(): raise LookupError("x")
    print(await asyncio.gather(fails(), slow(2), return_exceptions=True))
    try: await asyncio.gather(fails(), slow(3))
    except LookupError as e: print("gather raised", e)
asyncio.run(main())
