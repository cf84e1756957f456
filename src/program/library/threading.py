"""threading, on the simulated threads.

Source: CPython Lib/threading.py, 3.14; what waits and wakes is as there, so that orders are.
"""

import time as _clock
from _thread import (
    RLock,
    _excepthook,
    _place,
    _say,
    _signal,
    allocate_lock as Lock,
    await_begin as _await_begin,
    begun as _begun,
    current_handle as _current_handle,
    error as ThreadError,
    get_ident,
    get_native_id,
    main_handle as _main_handle,
    start_joinable_thread as _start_joinable_thread,
)
from collections import deque as _deque

TIMEOUT_MAX = 9223372036.0


def _values_of(local):
    """What a thread has in a local; __init__ is called again for each thread."""
    kind, given, keywords, tables = object.__getattribute__(local, "_local__impl")
    ident = get_ident()
    values = tables.get(ident)
    if values is None:
        values = tables[ident] = {}
        if kind.__init__ is not object.__init__:
            local.__init__(*given, **keywords)
    return values


class local:
    """Attributes that each thread has of its own."""

    def __new__(cls, /, *args, **kwargs):
        if (args or kwargs) and cls.__init__ is object.__init__:
            raise TypeError("Initialization arguments are not supported")
        self = object.__new__(cls)
        # The thread that makes it calls __init__ as for any object.
        impl = (cls, args, kwargs, {get_ident(): {}})
        object.__setattr__(self, "_local__impl", impl)
        return self

    def __getattribute__(self, name):
        values = _values_of(self)
        if name == "__dict__":
            return values
        if name in values:
            return values[name]
        try:
            return object.__getattribute__(self, name)
        except AttributeError:
            _has_no(self, name)

    def __setattr__(self, name, value):
        if name == "__dict__":
            raise AttributeError(_named(self) + " object attribute '__dict__' is read-only")
        _values_of(self)[name] = value

    def __delattr__(self, name):
        values = _values_of(self)
        if name not in values:
            _has_no(self, name)
        del values[name]


def _named(local):
    kind = type(local)
    return "'_thread._local'" if kind is _local else "'%s'" % kind.__name__


def _has_no(local, name):
    raise AttributeError("%s object has no attribute '%s'" % (_named(local), name)) from None


_local = local
local.__module__ = "_thread"
local.__qualname__ = local.__name__ = "_local"


class Condition:
    def __init__(self, lock=None):
        if lock is None:
            lock = RLock()
        self._lock = lock
        self.acquire = lock.acquire
        self.release = lock.release
        self._waiters = _deque()
        # What is waited for, for reports.
        self._what = "Condition" + _place()

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        return self._lock.__exit__(*args)

    def __repr__(self):
        return "<Condition(%s, %d)>" % (self._lock, len(self._waiters))

    def locked(self):
        return self._lock.locked()

    def _release_save(self):
        if hasattr(self._lock, "_release_save"):
            return self._lock._release_save()
        self._lock.release()

    def _acquire_restore(self, state):
        if hasattr(self._lock, "_acquire_restore"):
            self._lock._acquire_restore(state)
        else:
            self._lock.acquire()

    def _is_owned(self):
        if hasattr(self._lock, "_is_owned"):
            return self._lock._is_owned()
        if self._lock.acquire(False):
            self._lock.release()
            return False
        return True

    def wait(self, timeout=None):
        if not self._is_owned():
            raise RuntimeError("cannot wait on un-acquired lock")
        waiter = _signal(self._what)
        waiter.acquire()
        self._waiters.append(waiter)
        saved_state = self._release_save()
        gotit = False
        try:
            if timeout is None:
                waiter.acquire()
                gotit = True
            elif timeout > 0:
                gotit = waiter.acquire(True, timeout)
            else:
                gotit = waiter.acquire(False)
            return gotit
        finally:
            self._acquire_restore(saved_state)
            if not gotit:
                try:
                    self._waiters.remove(waiter)
                except ValueError:
                    pass

    def wait_for(self, predicate, timeout=None):
        endtime = None
        waittime = timeout
        result = predicate()
        while not result:
            if waittime is not None:
                if endtime is None:
                    endtime = _clock.monotonic() + waittime
                else:
                    waittime = endtime - _clock.monotonic()
                    if waittime <= 0:
                        break
            self.wait(waittime)
            result = predicate()
        return result

    def notify(self, n=1):
        if not self._is_owned():
            raise RuntimeError("cannot notify on un-acquired lock")
        waiters = self._waiters
        while waiters and n > 0:
            waiter = waiters[0]
            try:
                waiter.release()
            except RuntimeError:
                pass
            else:
                n -= 1
            try:
                waiters.remove(waiter)
            except ValueError:
                pass

    def notify_all(self):
        self.notify(len(self._waiters))

    notifyAll = notify_all


class Semaphore:
    def __init__(self, value=1):
        if value < 0:
            raise ValueError("semaphore initial value must be >= 0")
        self._cond = Condition(Lock())
        self._cond._what = "Semaphore" + _place()
        self._value = value

    def __repr__(self):
        return f"<{type(self).__module__}.{type(self).__qualname__} at 0x0: value={self._value}>"

    def acquire(self, blocking=True, timeout=None):
        if not blocking and timeout is not None:
            raise ValueError("can't specify timeout for non-blocking acquire")
        rc = False
        endtime = None
        with self._cond:
            while self._value == 0:
                if not blocking:
                    break
                if timeout is not None:
                    if endtime is None:
                        endtime = _clock.monotonic() + timeout
                    else:
                        timeout = endtime - _clock.monotonic()
                        if timeout <= 0:
                            break
                self._cond.wait(timeout)
            else:
                self._value -= 1
                rc = True
        return rc

    __enter__ = acquire

    def release(self, n=1):
        if n < 1:
            raise ValueError("n must be one or more")
        with self._cond:
            self._value += n
            self._cond.notify(n)

    def __exit__(self, t, v, tb):
        self.release()


class BoundedSemaphore(Semaphore):
    def __init__(self, value=1):
        super().__init__(value)
        self._initial_value = value

    def release(self, n=1):
        if n < 1:
            raise ValueError("n must be one or more")
        with self._cond:
            if self._value + n > self._initial_value:
                raise ValueError("Semaphore released too many times")
            self._value += n
            self._cond.notify(n)

    def __repr__(self):
        cls = type(self)
        return (
            f"<{cls.__module__}.{cls.__qualname__} at 0x0:"
            f" value={self._value}/{self._initial_value}>"
        )


class Event:
    def __init__(self):
        self._cond = Condition(Lock())
        self._cond._what = "Event" + _place()
        self._flag = False

    def __repr__(self):
        status = "set" if self._flag else "unset"
        return f"<{type(self).__module__}.{type(self).__qualname__} at 0x0: {status}>"

    def is_set(self):
        return self._flag

    isSet = is_set

    def set(self):
        with self._cond:
            self._flag = True
            self._cond.notify_all()

    def clear(self):
        with self._cond:
            self._flag = False

    def wait(self, timeout=None):
        with self._cond:
            signaled = self._flag
            if not signaled:
                signaled = self._cond.wait(timeout)
            return signaled


class BrokenBarrierError(RuntimeError):
    pass


class Barrier:
    def __init__(self, parties, action=None, timeout=None):
        if parties < 1:
            raise ValueError("parties must be >= 1")
        self._cond = Condition(Lock())
        self._cond._what = "Barrier" + _place()
        self._action = action
        self._timeout = timeout
        self._parties = parties
        self._state = 0
        self._count = 0

    def __repr__(self):
        cls = type(self)
        if self.broken:
            return f"<{cls.__module__}.{cls.__qualname__} at 0x0: broken>"
        return (
            f"<{cls.__module__}.{cls.__qualname__} at 0x0:"
            f" waiters={self.n_waiting}/{self.parties}>"
        )

    def wait(self, timeout=None):
        if timeout is None:
            timeout = self._timeout
        with self._cond:
            self._enter()
            index = self._count
            self._count += 1
            try:
                if index + 1 == self._parties:
                    self._release()
                else:
                    self._wait(timeout)
                return index
            finally:
                self._count -= 1
                self._exit()

    def _enter(self):
        while self._state in (-1, 1):
            self._cond.wait()
        if self._state < 0:
            raise BrokenBarrierError

    def _release(self):
        try:
            if self._action:
                self._action()
            self._state = 1
            self._cond.notify_all()
        except:
            self._break()
            raise

    def _wait(self, timeout):
        if not self._cond.wait_for(lambda: self._state != 0, timeout):
            self._break()
            raise BrokenBarrierError
        if self._state < 0:
            raise BrokenBarrierError

    def _exit(self):
        if self._count == 0:
            if self._state in (-1, 1):
                self._state = 0
                self._cond.notify_all()

    def reset(self):
        with self._cond:
            if self._count > 0:
                if self._state == 0:
                    self._state = -1
                elif self._state == -2:
                    self._state = -1
            else:
                self._state = 0
            self._cond.notify_all()

    def abort(self):
        with self._cond:
            self._break()

    def _break(self):
        self._state = -2
        self._cond.notify_all()

    @property
    def parties(self):
        return self._parties

    @property
    def n_waiting(self):
        if self._state == 0:
            return self._count
        return 0

    @property
    def broken(self):
        return self._state == -2


_counter = 0
_active = {}
_limbo = []


def _newname(target):
    global _counter
    _counter += 1
    name = "Thread-%d" % _counter
    if target is not None:
        try:
            name += f" ({target.__name__})"
        except AttributeError:
            pass
    return name


class Thread:
    _initialized = False

    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        assert group is None, "group argument must be None for now"
        if kwargs is None:
            kwargs = {}
        if name:
            name = str(name)
        else:
            name = _newname(target)
        self._target = target
        self._name = name
        self._args = args
        self._kwargs = kwargs
        if daemon is not None:
            self._daemonic = daemon
        else:
            self._daemonic = current_thread().daemon
        self._ident = None
        self._handle = None
        self._is_started = False
        self._initialized = True

    def __repr__(self):
        status = "initial"
        if self._is_started:
            status = "started"
        if self._handle is not None and self._handle.is_done():
            status = "stopped"
        if self._daemonic:
            status += " daemon"
        if self._ident is not None:
            status += " %s" % self._ident
        return "<%s(%s, %s)>" % (self.__class__.__name__, self._name, status)

    def start(self):
        if not self._initialized:
            raise RuntimeError("thread.__init__() not called")
        if self._is_started:
            raise RuntimeError("threads can only be started once")
        _limbo.append(self)
        try:
            self._handle = _start_joinable_thread(self._bootstrap, self._name, self._daemonic)
        except RuntimeError:
            _limbo.remove(self)
            raise
        _await_begin(self._handle)
        self._is_started = True

    def run(self):
        try:
            if self._target is not None:
                self._target(*self._args, **self._kwargs)
        finally:
            del self._target, self._args, self._kwargs

    def _bootstrap(self):
        self._ident = get_ident()
        self._is_started = True
        _begun()
        _active[self._ident] = self
        _limbo.remove(self)
        try:
            self.run()
        except SystemExit:
            pass
        except BaseException as error:
            _invoke_excepthook(error, self)
        finally:
            del _active[self._ident]

    def join(self, timeout=None):
        if not self._initialized:
            raise RuntimeError("Thread.__init__() not called")
        if not self._is_started:
            raise RuntimeError("cannot join thread before it is started")
        if self is current_thread():
            raise RuntimeError("cannot join current thread")
        if timeout is not None:
            timeout = max(timeout, 0)
        self._handle.join(timeout)

    @property
    def name(self):
        return self._name

    @name.setter
    def name(self, name):
        self._name = str(name)

    @property
    def ident(self):
        return self._ident

    @property
    def native_id(self):
        return self._ident

    def is_alive(self):
        return self._is_started and not self._handle.is_done()

    @property
    def daemon(self):
        return self._daemonic

    @daemon.setter
    def daemon(self, daemonic):
        if self._is_started:
            raise RuntimeError("cannot set daemon status of active thread")
        self._daemonic = daemonic

    def isDaemon(self):
        return self.daemon

    def setDaemon(self, daemonic):
        self.daemon = daemonic

    def getName(self):
        return self.name

    def setName(self, name):
        self.name = name


class _ExceptHookArgs(tuple):
    """What `excepthook` is given."""

    @property
    def exc_type(self):
        return self[0]

    @property
    def exc_value(self):
        return self[1]

    @property
    def exc_traceback(self):
        return self[2]

    @property
    def thread(self):
        return self[3]


ExceptHookArgs = _ExceptHookArgs


def _invoke_excepthook(error, thread):
    args = ExceptHookArgs((type(error), error, error.__traceback__, thread))
    try:
        excepthook(args)
    except Exception as failed:
        failed.__suppress_context__ = True
        _say("Exception in threading.excepthook:", failed)


def excepthook(args, /):
    if args.exc_type == SystemExit:
        return
    name = args.thread.name if args.thread is not None else str(get_ident())
    _excepthook(name, args.exc_value)


__excepthook__ = excepthook


class Timer(Thread):
    def __init__(self, interval, function, args=None, kwargs=None):
        Thread.__init__(self)
        self.interval = interval
        self.function = function
        self.args = args if args is not None else []
        self.kwargs = kwargs if kwargs is not None else {}
        self.finished = Event()

    def cancel(self):
        self.finished.set()

    def run(self):
        self.finished.wait(self.interval)
        if not self.finished.is_set():
            self.function(*self.args, **self.kwargs)
        self.finished.set()


class _MainThread(Thread):
    def __init__(self):
        self._target = None
        self._args = ()
        self._kwargs = {}
        self._name = "MainThread"
        self._daemonic = False
        self._is_started = True
        self._ident = _main_handle().ident
        self._handle = _main_handle()
        self._initialized = True
        _active[self._ident] = self


class _DummyThread(Thread):
    """A thread that was not made here: a worker of a pool."""

    def __init__(self):
        self._target = None
        self._args = ()
        self._kwargs = {}
        self._handle = _current_handle()
        self._name = self._handle.name
        self._daemonic = False
        self._is_started = True
        self._ident = get_ident()
        self._initialized = True
        _active[self._ident] = self


_main_thread = _MainThread()


def _forget_workers(names):
    """The workers of a pool have ended."""
    for ident, thread in list(_active.items()):
        if isinstance(thread, _DummyThread) and thread._handle.name.startswith(names):
            del _active[ident]


def current_thread():
    found = _active.get(get_ident())
    if found is None:
        return _DummyThread()
    return found


currentThread = current_thread


def main_thread():
    return _main_thread


def active_count():
    _place()
    return len(_active) + len(_limbo)


activeCount = active_count


def enumerate():
    # What threads do to these is not watched, so that looking at them is: this tells that it
    # depends on everything.
    _place()
    return list(_active.values()) + list(_limbo)
