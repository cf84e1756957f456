"""An asyncio event loop on a virtual clock.

Selector, clock and executor are replaced; `_run_once`, tasks and futures are the interpreter's own,
so that the order of what happens is CPython's. Each reading of the clock ticks it by 1 ns, so that
equal delays stay in order; when idle it jumps to the next deadline, and what was meant for one
moment is due at once. A blocking function is written as a generator: `yield 2` blocks its worker
for two virtual seconds.

What a program prints is recorded as `TIME ITERATION TEXT`; a worker has no iteration. The last line
is when the run of main ended, after how many iterations.
"""
import asyncio
import builtins
import collections
import concurrent.futures
import contextlib
import heapq
import itertools
import types

SECOND = 1_000_000_000
# What lies this close together was meant for one moment.
MOMENT = 50_000


class Ordered(dict):
    """A set in the order of insertion. asyncio's own sets of tasks are in that of addresses."""

    def __init__(self, items=()):
        super().__init__(dict.fromkeys(items))

    def add(self, item):
        self[item] = None

    def discard(self, item):
        self.pop(item, None)

    def remove(self, item):
        del self[item]


asyncio.tasks.set = asyncio.taskgroups.set = Ordered


class Pool(concurrent.futures.Executor):
    """Simulated workers and one queue."""

    def __init__(self, max_workers):
        self.max_workers = max_workers
        self.workers = self.idle = self.running = 0
        self.queue = collections.deque()
        self.closing = None

    def submit(self, function, /, *args, **kwargs):
        loop = asyncio.get_running_loop()
        future = concurrent.futures.Future()
        self.queue.append((future, function, args, kwargs))
        if self.idle > 0:
            # An idle worker gets to run when the loop's thread next waits.
            self.idle -= 1
            loop.at(loop.now, lambda: self.take(loop))
        elif self.workers < self.max_workers:
            self.workers += 1
            self.take(loop)
        return future

    def take(self, loop):
        """A worker looks for work."""
        while self.queue:
            future, function, args, kwargs = self.queue.popleft()
            if not future.set_running_or_notify_cancel():
                continue
            self.running += 1
            with on_worker(loop):
                body = function_body(function, args, kwargs)
            self.advance(loop, future, body)
            return
        self.idle += 1
        self.tell_if_done(loop)

    def advance(self, loop, future, body):
        with on_worker(loop):
            try:
                delay = next(body)
            except StopIteration as stop:
                self.running -= 1
                future.set_result(stop.value)
            except BaseException as error:
                self.running -= 1
                future.set_exception(error)
            else:
                due = loop.now + round(delay * SECOND)
                loop.at(due, lambda: self.advance(loop, future, body))
                return
        self.take(loop)

    def tell_if_done(self, loop):
        if self.closing and not self.queue and not self.running:
            closing, self.closing = self.closing, None
            with on_worker(loop):
                loop.call_soon_threadsafe(closing.set_result, None)

    def shutdown(self, wait=True, *, cancel_futures=False):
        pass


def function_body(function, args, kwargs):
    """Runs a function as a generator, whether it is one or not; its call is its first step."""
    got = function(*args, **kwargs)
    if isinstance(got, types.GeneratorType):
        got = yield from got
    return got


@contextlib.contextmanager
def on_worker(loop):
    """What runs inside does so on a thread without a running loop."""
    before, loop.on_worker = loop.on_worker, True
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        yield
    finally:
        asyncio._set_running_loop(running)
        loop.on_worker = before


class Selector:
    """Waits in virtual time. The loop's own socket is registered and never used."""

    def __init__(self, loop):
        self.loop = loop
        self.keys = {}

    def register(self, file, events, data=None):
        self.keys[file] = types.SimpleNamespace(fileobj=file, fd=file, events=events, data=data)
        return self.keys[file]

    def unregister(self, file):
        return self.keys.pop(file)

    def get_key(self, file):
        return self.keys[file]

    def get_map(self):
        return self.keys

    def close(self):
        self.keys.clear()

    def select(self, timeout=None):
        self.loop.wait(timeout)
        return []


class Loop(asyncio.SelectorEventLoop):
    def __init__(self):
        self.now = 0
        self.still = False
        self.agenda = []
        self.numbers = itertools.count()
        self.iteration = 0
        self.on_worker = False
        self.born = []
        super().__init__(Selector(self))
        self._clock_resolution = 1e-9
        self.default = Pool(8)

    def time(self):
        now = self.now
        self.now += not self.still
        self.still = False
        return now / SECOND

    def at(self, due, function):
        heapq.heappush(self.agenda, (due, next(self.numbers), function))

    def run_agenda(self, until):
        while self.agenda and self.agenda[0][0] <= until:
            due, _, function = heapq.heappop(self.agenda)
            self.now = max(self.now, due)
            function()

    def wait(self, timeout):
        self.run_agenda(self.now)
        if not self._ready and (timeout is None or timeout > 0):
            timers = [round(handle._when * SECOND) for handle in self._scheduled]
            first = min(timers + [due for due, _, _ in self.agenda[:1]], default=None)
            if first is None:
                raise RuntimeError('nothing can happen any more')
            until = max(first, self.now) + MOMENT
            self.run_agenda(until)
            self.now = max([self.now, first] + [due for due in timers if due <= until])
        # The loop reads the clock once more before it looks for timers that are due.
        self.still = True

    def _run_once(self):
        self.iteration += 1
        super()._run_once()

    def _write_to_self(self):
        pass

    def run_in_executor(self, executor, function, *args):
        return super().run_in_executor(executor or self.default, function, *args)

    def create_task(self, coroutine, **options):
        task = super().create_task(coroutine, **options)
        self.born.append(task)
        return task


loop = None


def line(text):
    iteration = '-' if loop.on_worker else loop.iteration
    builtins.print(f'{loop.now / SECOND:.6f} {iteration} {text}')


def print(*values):
    line(' '.join(map(str, values)))


def block(seconds):
    """Holds the loop's thread; workers go on."""
    end = loop.now + round(seconds * SECOND)
    loop.run_agenda(end)
    loop.now = max(loop.now, end)


def run(main):
    """asyncio.run(), except that what is left is cancelled in the order of creation."""
    global loop
    loop = Loop()
    asyncio.set_event_loop(loop)
    loop.set_exception_handler(lambda loop, context: None)
    try:
        loop.run_until_complete(loop.create_task(main))
        ended = 'returned'
    except asyncio.CancelledError:
        ended = 'was cancelled'
    except Exception as error:
        ended = f'raised {error!r}'
    line(f'main {ended}')
    left = [task for task in loop.born if not task.done()]
    for task in left:
        task.cancel()
    if left:
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
    loop.run_until_complete(loop.shutdown_asyncgens())
    if loop.default.running or loop.default.queue:
        loop.default.closing = loop.create_future()
        loop.run_until_complete(loop.default.closing)
    loop.close()
