"""Runs a program on this interpreter in virtual time, and reports what it prints and when.

    python3 virtual_time.py REPORT PROGRAM SEED EPOCH_NS CORES [ARGUMENT ...]

Only the clock, the selector and the threads' locks are replaced. Tasks, futures, queues, executors
and `_run_once` are the interpreter's own, so the order in which things happen is CPython's.

Clock      Whole nanoseconds since the start. It moves when every thread waits, to the first moment
           that one of them waits for. asyncio's own readings of it tick by far less than a
           nanosecond each, so that equal delays stay in the order they were asked for.
Threads    are real threads, one of which holds the baton. Whoever waits (a lock, a sleep, the
           selector) hands it on: to those who can go on, in the order in which they became able
           to; if there are none, the clock moves. A new thread goes first.
Processes  A job of a process pool runs in a forked child with a clock of its own, which starts at
           the moment of the fork; what it took is waited for in virtual time.
Sets       Where asyncio iterates over a set of tasks, which is in the order of addresses, tasks
           come in the order of their creation.

REPORT gets one JSON document a line: `{"at": ns, "line": text}` for each line of output, and
`{"at": ns, "end": ..., "type": ..., "message": ...}` at the end.
"""
import _thread
import sys
import time

SECOND = 1_000_000_000
# What one reading of the clock adds to it: far less than a nanosecond.
TICK = 2.0 ** -41

real_lock = _thread.allocate_lock
real_start = _thread.start_new_thread
real_ctime, real_gmtime, real_localtime = time.ctime, time.gmtime, time.localtime
real_strftime = time.strftime


class Deadlock(BaseException):
    """Nothing can happen any more: CPython would hang."""


# ------------------------------------------------------------------------------------- the world
class World:
    now = 0
    ticks = 0
    program_ticks = 0
    epoch = 0
    numbers = 0


world = World()


def number():
    world.numbers += 1
    return world.numbers


def move_clock(to):
    if to > world.now:
        world.now = to
        world.ticks = 0


class Strand:
    """A thread, of which one runs at a time."""

    def __init__(self, daemon=False):
        self.baton = real_lock()
        self.baton.acquire()
        self.wake = None
        self.daemon = daemon
        self.done = False
        self.joiners = []
        self.sentinel = None
        self.stopped = False
        # Whether it is a loop that waits in its selector.
        self.selecting = False
        # Nanoseconds of CPU time.
        self.cpu = 0


main = current = Strand()
strands = [main]
runnable = []
# Who waits for a moment: (moment, rank, number, strand). Loops rank behind others of one moment.
waiting = []


def park(moment=None, rank=0):
    """The running strand waits, to be woken or for that moment. True if somebody woke it."""
    global current
    me = current
    entry = None
    if moment is not None:
        entry = (moment, rank, number(), me)
        waiting.append(entry)
    me.wake = entry
    me.woken = False
    hand_on(me)
    if me.stopped:
        raise Deadlock
    return me.woken


def hand_on(me):
    """Gives the baton to whoever goes on, which may be the giver; returns when it is back."""
    global current
    after = next_strand()
    if after is not me:
        current = after
        after.baton.release()
        if not me.done:
            me.baton.acquire()


def take_due():
    """Takes the first of those whose moment is now; None if there is none."""
    due = min((entry for entry in waiting if entry[0] <= world.now and entry[1] == 0), default=None)
    if due is None:
        return None
    waiting.remove(due)
    due[3].wake = None
    return due[3]


def next_strand():
    # A loop that was woken comes behind all that happens at this moment.
    if all(strand.selecting for strand in runnable) and (due := take_due()) is not None:
        return due
    if not runnable:
        if not waiting:
            # Whoever waits, waits for ever. The main thread is told.
            main.stopped = True
            return main
        entry = min(waiting)
        waiting.remove(entry)
        move_clock(entry[0])
        entry[3].wake = None
        return entry[3]
    first = next((at for at, strand in enumerate(runnable) if not strand.selecting), 0)
    return runnable.pop(first)


def wake(strand):
    """Lets a waiting strand go on when the running one waits."""
    if strand.wake is not None and strand.wake in waiting:
        waiting.remove(strand.wake)
    strand.wake = None
    strand.woken = True
    runnable.append(strand)


def let_others_run():
    """Those who can go on do, until they wait."""
    global current
    while (due := take_due()) is not None:
        runnable.append(due)
    while runnable:
        me = current
        # Behind those who are there now.
        others = list(runnable)
        runnable.append(me)
        hand_on(me)
        if not any(other in runnable for other in others):
            break


def sleep(seconds):
    if seconds < 0:
        raise ValueError('sleep length must be non-negative')
    park(world.now + round(seconds * SECOND))


def start_strand(function, args, kwargs, daemon=False):
    global current
    strand = Strand(daemon)
    strands.append(strand)
    ident = []

    def body():
        global current
        strand.baton.acquire()
        try:
            function(*args, **kwargs)
        except SystemExit:
            pass
        except Deadlock:
            pass
        finally:
            strand.done = True
            for joiner in strand.joiners:
                wake(joiner)
            if strand.sentinel is not None and strand.sentinel.locked():
                strand.sentinel.release()
            hand_on(strand)

    ident.append(real_start(body, ()))
    strand.ident = ident[0]
    # A new thread goes first; whoever made it goes on when it waits.
    me = current
    runnable.insert(0, me)
    current = strand
    strand.baton.release()
    me.baton.acquire()
    return strand


def join(strand, timeout=None):
    end = None if timeout is None else world.now + round(max(timeout, 0) * SECOND)
    while not strand.done:
        strand.joiners.append(current)
        woken = park(end)
        if not woken:
            strand.joiners.remove(current)
            break
    return strand.done


# ------------------------------------------------------------------------------------- locks
class Lock:
    """As `_thread.lock`: whoever comes first when it is free gets it."""

    def __init__(self):
        self._held = False
        self._waiters = []

    def acquire(self, blocking=True, timeout=-1):
        if not blocking and timeout != -1:
            raise ValueError("can't specify a timeout for a non-blocking call")
        if timeout < 0 and timeout != -1:
            raise ValueError('timeout value must be a non-negative number')
        end = None if timeout == -1 else world.now + round(timeout * SECOND)
        while self._held:
            if not blocking:
                return False
            self._waiters.append(current)
            if not park(end):
                self._waiters.remove(current)
                return False
        self._held = True
        return True

    def release(self):
        if not self._held:
            raise RuntimeError('release unlocked lock')
        self._held = False
        if self._waiters:
            wake(self._waiters.pop(0))

    def locked(self):
        return self._held

    __enter__ = acquire
    acquire_lock, release_lock, locked_lock = acquire, release, locked

    def __exit__(self, *_):
        self.release()

    def _at_fork_reinit(self):
        self._held = False
        self._waiters = []

    def __repr__(self):
        state = 'locked' if self._held else 'unlocked'
        return f'<{state} _thread.lock object at {id(self):#x}>'


class RLock:
    """As `_thread.RLock`."""

    def __init__(self):
        self._lock = Lock()
        self._owner = None
        self._count = 0

    def acquire(self, blocking=True, timeout=-1):
        if self._owner is current:
            self._count += 1
            return True
        if not self._lock.acquire(blocking, timeout):
            return False
        self._owner, self._count = current, 1
        return True

    def release(self):
        if self._owner is not current:
            raise RuntimeError('cannot release un-acquired lock')
        self._count -= 1
        if not self._count:
            self._owner = None
            self._lock.release()

    __enter__ = acquire

    def __exit__(self, *_):
        self.release()

    def locked(self):
        return self._lock.locked()

    def _is_owned(self):
        return self._owner is current

    def _release_save(self):
        state = self._count, self._owner
        self._count, self._owner = 0, None
        self._lock.release()
        return state

    def _acquire_restore(self, state):
        self._lock.acquire()
        self._count, self._owner = state

    def _recursion_count(self):
        return self._count if self._owner is current else 0

    def _at_fork_reinit(self):
        self._lock._at_fork_reinit()
        self._owner, self._count = None, 0


# ------------------------------------------------------------------------------------- threads
class Handle:
    """As `_thread._ThreadHandle` (3.13 and later)."""

    def __init__(self, ident=None):
        self.strand = None
        self._ident = ident
        self._done = False

    @property
    def ident(self):
        return self.strand.ident if self.strand else self._ident

    def is_done(self):
        return self._done or (self.strand is not None and self.strand.done)

    def _set_done(self):
        self._done = True

    def join(self, timeout=None):
        if self.strand is current:
            raise RuntimeError('Cannot join current thread')
        if self.strand is not None:
            join(self.strand, timeout if timeout is None or timeout >= 0 else None)


def start_joinable_thread(function, handle=None, daemon=True):
    handle = handle or Handle()
    # The handle must be known before the thread runs.
    class Late:
        pass
    handle.strand = Late
    Late.done, Late.ident = False, None

    def body():
        handle.strand = current
        current.ident = _thread.get_ident()
        function()

    strand = start_strand(body, (), {}, daemon)
    handle.strand = strand
    return handle


def start_new_thread(function, args, kwargs={}):
    return start_strand(function, args, kwargs, True).ident


def set_sentinel():
    current.sentinel = Lock()
    return current.sentinel


def wait_for_threads():
    for strand in strands:
        if strand is not current and not strand.daemon:
            join(strand)


def replace_threads():
    sys.modules.pop('threading', None)
    sys.modules['_queue'] = None
    _thread.allocate_lock = _thread.lock = _thread.LockType = Lock
    _thread.allocate = Lock
    _thread.RLock = RLock
    _thread.start_new_thread = _thread.start_new = start_new_thread
    _thread._set_sentinel = set_sentinel
    if sys.version_info >= (3, 13):
        _thread.start_joinable_thread = start_joinable_thread
        _thread._ThreadHandle = _thread._make_thread_handle = Handle
        _thread._shutdown = wait_for_threads


# ------------------------------------------------------------------------------------- the clock
def seconds():
    return world.now / SECOND


def wall_ns():
    return world.epoch + world.now


def wall():
    return wall_ns() / SECOND


def thread_time():
    """CPU time. Who asks for it in a loop uses it up, a millisecond each time; `thread_time_ns`
    only tells."""
    current.cpu += SECOND // 1000
    park(world.now + SECOND // 1000)
    return current.cpu / SECOND


class NowByDefault:
    """A function of a time, which is now if none is given. As an attribute of a class it is no
    method, like the builtin function it stands for."""

    def __init__(self, function):
        self.function = function

    def __call__(self, at=None):
        return self.function(wall() if at is None else at)


def replace_time():
    time.sleep = sleep
    time.monotonic = time.perf_counter = seconds
    time.monotonic_ns = time.perf_counter_ns = lambda: world.now
    time.time, time.time_ns = wall, wall_ns
    time.thread_time = time.process_time = thread_time
    time.thread_time_ns = time.process_time_ns = lambda: current.cpu
    time.ctime, time.gmtime = NowByDefault(real_ctime), NowByDefault(real_gmtime)
    time.localtime = NowByDefault(real_localtime)
    time.strftime = lambda form, at=None: real_strftime(form, time.localtime() if at is None else at)
    time.asctime = (lambda real: lambda at=None: real(time.localtime() if at is None else at))(
        time.asctime)

    import datetime as module
    real = module.datetime

    class datetime(real):
        @classmethod
        def now(cls, tz=None):
            return cls.fromtimestamp(wall_ns() // 1000 / 1_000_000, tz)

        @classmethod
        def today(cls):
            return cls.now()

        @classmethod
        def utcnow(cls):
            return cls.now()

    datetime.__module__, datetime.__qualname__ = 'datetime', 'datetime'
    module.datetime = datetime
    real_date = module.date

    class date(real_date):
        @classmethod
        def today(cls):
            return cls.fromtimestamp(wall())

    date.__module__, date.__qualname__ = 'datetime', 'date'
    module.date = date


# ------------------------------------------------------------------------------------- asyncio
class OrderedSet(set):
    """A set in the order in which its items came."""

    def __init__(self, items=()):
        super().__init__()
        self.items = {}
        for item in items:
            self.add(item)

    def __iter__(self):
        return iter(list(self.items))

    def __repr__(self):
        return '{' + ', '.join(map(repr, self)) + '}' if self.items else 'set()'

    def add(self, item):
        super().add(item)
        self.items[item] = None

    def discard(self, item):
        super().discard(item)
        self.items.pop(item, None)

    def remove(self, item):
        super().remove(item)
        self.items.pop(item, None)

    def pop(self):
        item = next(iter(self.items), None)
        if item is None:
            raise KeyError('pop from an empty set')
        self.remove(item)
        return item

    def clear(self):
        super().clear()
        self.items.clear()

    def update(self, *others):
        for other in others:
            for item in other:
                self.add(item)

    def __or__(self, other):
        return OrderedSet([*self, *other])

    def __and__(self, other):
        return OrderedSet(item for item in self if item in other)

    def __sub__(self, other):
        return OrderedSet(item for item in self if item not in other)

    def copy(self):
        return OrderedSet(self)

    union, intersection, difference = __or__, __and__, __sub__


class Selector:
    """Waits in virtual time. Sockets, of which the loop's own is never used, take no time: whether
    they are ready is asked of the system."""

    def __init__(self):
        import selectors
        self.loop = None
        self.real = selectors.SelectSelector()

    def register(self, file, events, data=None):
        return self.real.register(file, events, data)

    def modify(self, file, events, data=None):
        return self.real.modify(file, events, data)

    def unregister(self, file):
        return self.real.unregister(file)

    def get_key(self, file):
        return self.real.get_key(file)

    def get_map(self):
        return self.real.get_map()

    def close(self):
        self.real.close()

    def select(self, timeout=None):
        loop = self.loop
        let_others_run()
        found = self.real.select(0) if len(self.real.get_map()) > 1 else []
        if not found and not loop._ready and not loop._stopping and (
            timeout is None or timeout > 0
        ):
            first = min((handle._when for handle in loop._scheduled), default=None)
            loop._strand = strand = current
            strand.selecting = True
            park(None if first is None else nominal(first), rank=1)
            strand.selecting = False
            loop._strand = None
        loop._still = True
        return found


def nominal(deadline):
    """The moment that a deadline stands for: without the ticks of the clock."""
    import math
    return math.floor(deadline * SECOND + 0.25)


class Reading(float):
    """What asyncio itself reads from the clock."""

    def __add__(self, delay):
        when = float.__add__(self, delay)
        return when if when is NotImplemented else Deadline(when)


class Deadline(float):
    """A deadline that asyncio computed, which no other one equals but by accident."""


# Messages about wrong arguments tell the name.
Reading.__name__ = Deadline.__name__ = 'float'


def loop_time(loop):
    if loop.__dict__.pop('_still', False):
        # The loop looks for the timers of this moment.
        return world.now / SECOND
    caller = sys._getframe(1).f_globals.get('__name__', '')
    world.ticks += 1
    if not caller.startswith('asyncio.'):
        # The program sees no ticks. What it computes from this reading gets them in `call_at`.
        world.program_ticks = world.ticks
        return seconds()
    return Reading(world.now / SECOND + world.ticks * TICK)


def with_ticks(deadline):
    """A deadline, with the ticks of the program's last reading if it has none."""
    if deadline == nominal(deadline) / SECOND:
        return deadline + world.program_ticks * TICK
    return deadline


def replace_asyncio():
    import asyncio
    import asyncio.base_events
    import asyncio.runners
    import asyncio.selector_events
    import itertools
    import selectors
    import weakref

    # asyncio's log tells this name.
    Selector.__name__ = 'EpollSelector'
    selectors.DefaultSelector = Selector
    base = asyncio.base_events.BaseEventLoop
    make_base = base.__init__

    def init_base(self, *args, **kwargs):
        make_base(self, *args, **kwargs)
        self._clock_resolution = 0.75e-9
        self._strand = None

    base.__init__ = init_base
    base.time = loop_time
    set_timer = base.call_at

    def call_at(self, when, callback, *args, context=None):
        if isinstance(when, (int, float)) and not isinstance(when, Deadline):
            when = with_ticks(when)
        return set_timer(self, when, callback, *args, context=context)

    base.call_at = call_at
    based = asyncio.selector_events.BaseSelectorEventLoop
    make_loop = based.__init__

    def init_loop(self, selector=None):
        make_loop(self, selector)
        self._selector.loop = self

    based.__init__ = init_loop

    def write_to_self(self):
        strand = self._strand
        if strand is not None and strand not in runnable:
            wake(strand)

    based._write_to_self = write_to_self

    # Timers of one moment come in the order in which they were set, also where one was set earlier
    # for longer. Those that the program gives and that are the very same number (`call_at`) are
    # left to the heap.
    stamps = itertools.count()

    class TimerHandle(asyncio.events.TimerHandle):
        __slots__ = ('_moment', '_stamp', '_given')

        def __init__(self, when, *args, **options):
            super().__init__(when, *args, **options)
            self._moment, self._stamp = nominal(when), next(stamps)
            self._given = not isinstance(when, Deadline)

        def __lt__(self, other):
            if self._when == other._when and self._given and other._given:
                return False
            return (self._moment, self._stamp) < (other._moment, other._stamp)

    asyncio.events.TimerHandle = TimerHandle

    # The order of creation where asyncio has that of a set.
    births = weakref.WeakKeyDictionary()
    count = itertools.count()
    create = base.create_task

    def create_task(self, coro, **options):
        birth = next(count)
        task = create(self, coro, **options)
        births.setdefault(task, birth)
        return task

    base.create_task = create_task
    real_all = asyncio.tasks.all_tasks

    def all_tasks(loop=None):
        tasks = real_all(loop)
        return OrderedSet(sorted(tasks, key=lambda task: births.get(task, 1 << 60)))

    asyncio.all_tasks = asyncio.tasks.all_tasks = all_tasks
    asyncio.tasks.set = OrderedSet
    make_group = asyncio.TaskGroup.__init__

    def init_group(self):
        make_group(self)
        self._tasks = OrderedSet()

    asyncio.TaskGroup.__init__ = init_group
    return asyncio


# ------------------------------------------------------------------------------------- processes
def replace_processes():
    import concurrent.futures
    import concurrent.futures.thread as pools
    import os
    import pickle
    import warnings

    class ProcessPoolExecutor(pools.ThreadPoolExecutor):
        def __init__(self, max_workers=None, mp_context=None, initializer=None, initargs=(), *,
                     max_tasks_per_child=None):
            if max_workers is not None and max_workers <= 0:
                raise ValueError('max_workers must be greater than 0')
            super().__init__(max_workers or os.cpu_count(), '', initializer, initargs)

        def submit(self, function, /, *args, **kwargs):
            return super().submit(in_child, function, args, kwargs)

    def in_child(function, args, kwargs):
        call = pickle.dumps((function, args, kwargs))
        reading, writing = os.pipe()
        with warnings.catch_warnings():
            # The other threads wait for the baton and are not in the child.
            warnings.simplefilter('ignore', DeprecationWarning)
            child = os.fork()
        if child == 0:
            answer = run_child(call)
            with os.fdopen(writing, 'wb') as file:
                file.write(answer)
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading, 'rb') as file:
            answer = file.read()
        os.waitpid(child, 0)
        failed, value, end, lines = pickle.loads(answer)
        for at, text in lines:
            park(at)
            output.tell(text)
        if end > world.now:
            park(end)
        if failed:
            raise value
        return value

    def run_child(call):
        waiting.clear()
        runnable.clear()
        lines = []
        output.tell = lambda text: lines.append((world.now, text))
        function, args, kwargs = pickle.loads(call)
        try:
            answer = False, function(*args, **kwargs)
        except BaseException as error:
            answer = True, error
        try:
            return pickle.dumps((*answer, world.now, lines))
        except Exception as error:
            return pickle.dumps((True, error, world.now, lines))

    concurrent.futures.ProcessPoolExecutor = ProcessPoolExecutor


# ------------------------------------------------------------------------------------- output
class Output:
    """Standard output: reports lines."""

    encoding, errors, closed = 'utf-8', 'strict', False

    def __init__(self, report):
        self.report = report
        self.partial = ''

    def write(self, text):
        *lines, self.partial = (self.partial + text).split('\n')
        for line in lines:
            self.tell(line)
        return len(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def tell(self, line):
        self.report(line=line)

    def flush(self):
        pass

    def isatty(self):
        return False

    def writable(self):
        return True

    def finish(self):
        if self.partial:
            self.tell(self.partial)
            self.partial = ''


output = None


def run_program(path, arguments):
    """Runs it as the main module; how it ended, and with what."""
    import threading
    import traceback
    import types
    with open(path, encoding='utf-8') as file:
        source = file.read()
    module = types.ModuleType('__main__')
    module.__file__ = path
    module.__builtins__ = __builtins__
    sys.modules['__main__'] = module
    sys.argv[:] = [path, *arguments]
    error = None
    try:
        exec(compile(source, path, 'exec', dont_inherit=True), module.__dict__)
    except BaseException as raised:
        error = raised
    try:
        threading._shutdown()
    except Deadlock as raised:
        error = error or raised
    if error is None or isinstance(error, SystemExit) and error.code in (None, 0):
        return {'end': 'completed'}
    if isinstance(error, Deadlock):
        return {'end': 'deadlock'}
    if not isinstance(error, SystemExit):
        frames = error.__traceback__.tb_next
        traceback.print_exception(type(error), error, frames, file=sys.__stderr__)
    return {'end': 'raised', 'type': type(error).__name__, 'message': str(error)}


def start():
    global output
    import gc
    import json
    import os
    import random
    report_path, program, seed, epoch, cores, *arguments = sys.argv[1:]
    world.epoch = int(epoch)
    os.environ['TZ'] = 'UTC'
    time.tzset()
    report_file = open(report_path, 'w', encoding='utf-8')

    def report(**what):
        report_file.write(json.dumps({'at': world.now, **what}) + '\n')
        report_file.flush()

    replace_time()
    replace_threads()
    replace_asyncio()
    replace_processes()
    os.cpu_count = lambda: int(cores)
    if hasattr(os, 'process_cpu_count'):
        os.process_cpu_count = os.cpu_count
    random.seed(int(seed))
    main.ident = _thread.get_ident()
    output = Output(report)
    sys.stdout = output
    end = run_program(program, arguments)
    output.finish()
    report(**end)
    report_file.close()
    sys.__stderr__.flush()
    # Threads that wait for ever would keep the interpreter from ending.
    os._exit(0)


if __name__ == '__main__':
    start()
