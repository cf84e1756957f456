"""concurrent.futures, on the simulated threads and processes.

Source: CPython Lib/concurrent/futures/_base.py, thread.py and process.py, 3.14. The workers are the
simulator's own pools.
"""

import threading
import time as _clock
from _thread import _pool, _say

FIRST_COMPLETED = "FIRST_COMPLETED"
FIRST_EXCEPTION = "FIRST_EXCEPTION"
ALL_COMPLETED = "ALL_COMPLETED"
_AS_COMPLETED = "_AS_COMPLETED"

PENDING = "PENDING"
RUNNING = "RUNNING"
CANCELLED = "CANCELLED"
CANCELLED_AND_NOTIFIED = "CANCELLED_AND_NOTIFIED"
FINISHED = "FINISHED"

_STATE_TO_DESCRIPTION = {
    PENDING: "pending",
    RUNNING: "running",
    CANCELLED: "cancelled",
    CANCELLED_AND_NOTIFIED: "cancelled",
    FINISHED: "finished",
}


class Error(Exception):
    """Base class for all future-related exceptions."""

    __module__ = "concurrent.futures._base"


class CancelledError(Error):
    """The Future was cancelled."""

    __module__ = "concurrent.futures._base"


TimeoutError = TimeoutError


class InvalidStateError(Error):
    """The operation is not allowed in this state."""

    __module__ = "concurrent.futures._base"


class BrokenExecutor(RuntimeError):
    """Raised when a executor has become non-functional after a severe failure."""

    __module__ = "concurrent.futures._base"


class BrokenThreadPool(BrokenExecutor):
    """Raised when a worker thread in a ThreadPoolExecutor failed initializing."""

    __module__ = "concurrent.futures.thread"


class BrokenProcessPool(BrokenExecutor):
    """Raised when a process in a ProcessPoolExecutor terminated abruptly."""

    __module__ = "concurrent.futures.process"


class _Waiter:
    def __init__(self):
        self.event = threading.Event()
        self.event._cond._what = "the end of futures" + threading._place()
        self.finished_futures = []

    def add_result(self, future):
        self.finished_futures.append(future)

    def add_exception(self, future):
        self.finished_futures.append(future)

    def add_cancelled(self, future):
        self.finished_futures.append(future)


class _AsCompletedWaiter(_Waiter):
    def __init__(self):
        super().__init__()
        self.lock = threading.Lock()

    def add_result(self, future):
        with self.lock:
            super().add_result(future)
            self.event.set()

    def add_exception(self, future):
        with self.lock:
            super().add_exception(future)
            self.event.set()

    def add_cancelled(self, future):
        with self.lock:
            super().add_cancelled(future)
            self.event.set()


class _FirstCompletedWaiter(_Waiter):
    def add_result(self, future):
        super().add_result(future)
        self.event.set()

    def add_exception(self, future):
        super().add_exception(future)
        self.event.set()

    def add_cancelled(self, future):
        super().add_cancelled(future)
        self.event.set()


class _AllCompletedWaiter(_Waiter):
    def __init__(self, num_pending_calls, stop_on_exception):
        self.num_pending_calls = num_pending_calls
        self.stop_on_exception = stop_on_exception
        self.lock = threading.Lock()
        super().__init__()

    def _decrement_pending_calls(self):
        with self.lock:
            self.num_pending_calls -= 1
            if not self.num_pending_calls:
                self.event.set()

    def add_result(self, future):
        super().add_result(future)
        self._decrement_pending_calls()

    def add_exception(self, future):
        super().add_exception(future)
        if self.stop_on_exception:
            self.event.set()
        else:
            self._decrement_pending_calls()

    def add_cancelled(self, future):
        super().add_cancelled(future)
        self._decrement_pending_calls()


def _create_and_install_waiters(fs, return_when):
    if return_when == _AS_COMPLETED:
        waiter = _AsCompletedWaiter()
    elif return_when == FIRST_COMPLETED:
        waiter = _FirstCompletedWaiter()
    else:
        pending_count = sum(
            f._state not in [CANCELLED_AND_NOTIFIED, FINISHED] for f in fs
        )
        if return_when == FIRST_EXCEPTION:
            waiter = _AllCompletedWaiter(pending_count, True)
        elif return_when == ALL_COMPLETED:
            waiter = _AllCompletedWaiter(pending_count, False)
        else:
            raise ValueError("Invalid return condition: %r" % return_when)
    for f in fs:
        f._waiters.append(waiter)
    return waiter


def _unique(fs):
    found = []
    for f in fs:
        if f not in found:
            found.append(f)
    return found


def as_completed(fs, timeout=None):
    if timeout is not None:
        end_time = timeout + _clock.monotonic()
    fs = _unique(fs)
    total_futures = len(fs)
    finished = [f for f in fs if f._state in [CANCELLED_AND_NOTIFIED, FINISHED]]
    pending = [f for f in fs if f not in finished]
    waiter = _create_and_install_waiters(fs, _AS_COMPLETED)
    finished = list(finished)
    try:
        yield from finished
        while pending:
            if timeout is None:
                wait_timeout = None
            else:
                wait_timeout = end_time - _clock.monotonic()
                # Not `<`: here the clock stands at that very moment until something else happens.
                if wait_timeout <= 0:
                    raise TimeoutError(
                        "%d (of %d) futures unfinished" % (len(pending), total_futures)
                    )
            waiter.event.wait(wait_timeout)
            with waiter.lock:
                finished = waiter.finished_futures
                waiter.finished_futures = []
                waiter.event.clear()
            for future in finished:
                pending.remove(future)
                yield future
    finally:
        for f in fs:
            with f._condition:
                if waiter in f._waiters:
                    f._waiters.remove(waiter)


class DoneAndNotDoneFutures(tuple):
    @property
    def done(self):
        return self[0]

    @property
    def not_done(self):
        return self[1]

    def __repr__(self):
        return f"DoneAndNotDoneFutures(done={self[0]!r}, not_done={self[1]!r})"


def wait(fs, timeout=None, return_when=ALL_COMPLETED):
    fs = _unique(fs)
    done = {f for f in fs if f._state in [CANCELLED_AND_NOTIFIED, FINISHED]}
    not_done = set(fs) - done
    if (return_when == FIRST_COMPLETED) and done:
        return DoneAndNotDoneFutures((done, not_done))
    elif (return_when == FIRST_EXCEPTION) and done:
        if any(f for f in done if not f.cancelled() and f.exception() is not None):
            return DoneAndNotDoneFutures((done, not_done))
    if len(done) == len(fs):
        return DoneAndNotDoneFutures((done, not_done))
    waiter = _create_and_install_waiters(fs, return_when)
    waiter.event.wait(timeout)
    for f in fs:
        with f._condition:
            f._waiters.remove(waiter)
    done.update(waiter.finished_futures)
    return DoneAndNotDoneFutures((done, set(fs) - done))


class Future:
    __module__ = "concurrent.futures._base"

    def __init__(self):
        self._condition = threading.Condition()
        self._condition._what = "the end of a future" + threading._place()
        self._state = PENDING
        self._result = None
        self._exception = None
        self._waiters = []
        self._done_callbacks = []

    def _invoke_callbacks(self):
        for callback in self._done_callbacks:
            try:
                callback(self)
            except Exception as error:
                _say("exception calling callback for %r" % self, error)

    def __repr__(self):
        with self._condition:
            if self._state == FINISHED:
                if self._exception:
                    return "<%s at 0x0 state=%s raised %s>" % (
                        self.__class__.__name__,
                        _STATE_TO_DESCRIPTION[self._state],
                        self._exception.__class__.__name__,
                    )
                return "<%s at 0x0 state=%s returned %s>" % (
                    self.__class__.__name__,
                    _STATE_TO_DESCRIPTION[self._state],
                    self._result.__class__.__name__,
                )
            return "<%s at 0x0 state=%s>" % (
                self.__class__.__name__,
                _STATE_TO_DESCRIPTION[self._state],
            )

    def cancel(self):
        with self._condition:
            if self._state in [RUNNING, FINISHED]:
                return False
            if self._state in [CANCELLED, CANCELLED_AND_NOTIFIED]:
                return True
            self._state = CANCELLED
            self._condition.notify_all()
        self._invoke_callbacks()
        return True

    def cancelled(self):
        with self._condition:
            return self._state in [CANCELLED, CANCELLED_AND_NOTIFIED]

    def running(self):
        with self._condition:
            return self._state == RUNNING

    def done(self):
        with self._condition:
            return self._state in [CANCELLED, CANCELLED_AND_NOTIFIED, FINISHED]

    def _get_result(self):
        if self._exception is not None:
            raise self._exception
        return self._result

    def add_done_callback(self, fn):
        with self._condition:
            if self._state not in [CANCELLED, CANCELLED_AND_NOTIFIED, FINISHED]:
                self._done_callbacks.append(fn)
                return
        try:
            fn(self)
        except Exception as error:
            _say("exception calling callback for %r" % self, error)

    def result(self, timeout=None):
        with self._condition:
            if self._state in [CANCELLED, CANCELLED_AND_NOTIFIED]:
                raise CancelledError()
            elif self._state == FINISHED:
                return self._get_result()
            self._condition.wait(timeout)
            if self._state in [CANCELLED, CANCELLED_AND_NOTIFIED]:
                raise CancelledError()
            elif self._state == FINISHED:
                return self._get_result()
            raise TimeoutError()

    def exception(self, timeout=None):
        with self._condition:
            if self._state in [CANCELLED, CANCELLED_AND_NOTIFIED]:
                raise CancelledError()
            elif self._state == FINISHED:
                return self._exception
            self._condition.wait(timeout)
            if self._state in [CANCELLED, CANCELLED_AND_NOTIFIED]:
                raise CancelledError()
            elif self._state == FINISHED:
                return self._exception
            raise TimeoutError()

    def set_running_or_notify_cancel(self):
        with self._condition:
            if self._state == CANCELLED:
                self._state = CANCELLED_AND_NOTIFIED
                for waiter in self._waiters:
                    waiter.add_cancelled(self)
                return False
            elif self._state == PENDING:
                self._state = RUNNING
                return True
            raise RuntimeError("Future in unexpected state")

    def set_result(self, result):
        with self._condition:
            if self._state in {CANCELLED, CANCELLED_AND_NOTIFIED, FINISHED}:
                raise InvalidStateError("{}: {!r}".format(self._state, self))
            self._result = result
            self._state = FINISHED
            for waiter in self._waiters:
                waiter.add_result(self)
            self._condition.notify_all()
        self._invoke_callbacks()

    def set_exception(self, exception):
        with self._condition:
            if self._state in {CANCELLED, CANCELLED_AND_NOTIFIED, FINISHED}:
                raise InvalidStateError("{}: {!r}".format(self._state, self))
            self._exception = exception
            self._state = FINISHED
            for waiter in self._waiters:
                waiter.add_exception(self)
            self._condition.notify_all()
        self._invoke_callbacks()


def _result_or_cancel(fut, timeout=None):
    try:
        try:
            return fut.result(timeout)
        finally:
            fut.cancel()
    finally:
        del fut


class Executor:
    __module__ = "concurrent.futures._base"

    def submit(self, fn, /, *args, **kwargs):
        raise NotImplementedError()

    def map(self, fn, *iterables, timeout=None, chunksize=1, buffersize=None):
        if timeout is not None:
            end_time = timeout + _clock.monotonic()
        fs = [self.submit(fn, *args) for args in zip(*iterables)]

        def result_iterator():
            try:
                fs.reverse()
                while fs:
                    if timeout is None:
                        yield _result_or_cancel(fs.pop())
                    else:
                        yield _result_or_cancel(fs.pop(), end_time - _clock.monotonic())
            finally:
                for future in fs:
                    future.cancel()

        return result_iterator()

    def shutdown(self, wait=True, *, cancel_futures=False):
        pass

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.shutdown(wait=True)
        return False


def _run_item(broken, future, fn, args, kwargs):
    threading.current_thread()
    if broken or not future.set_running_or_notify_cancel():
        return
    try:
        result = fn(*args, **kwargs)
    except BaseException as exc:
        future.set_exception(exc)
    else:
        future.set_result(result)


def _breaker(broken, pending, error, text):
    """What is called when an initializer fails: all that waits fails, and all that comes."""

    def breaks():
        broken.append(error(text))
        for future in pending:
            if future._state == PENDING:
                future.set_exception(error(text))
        pending.clear()
        return error(text)

    return breaks


_names = 0


class _PoolExecutor(Executor):
    _kind = ""
    _broken_error = None
    _broken_text = ""

    def _begin(self, max_workers, name, initializer, initargs):
        if max_workers is not None and max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        self._pending = []
        self._broken = []
        breaks = _breaker(self._broken, self._pending, self._broken_error, self._broken_text)
        self._pool = _pool(self._kind, max_workers, name, initializer, initargs, breaks)
        self._max_workers = self._pool.max_workers
        self._worker_names = name
        self._shutdown = False
        self._most = 64

    def _new_future(self):
        if self._broken:
            raise self._broken_error(self._broken_text)
        if self._shutdown:
            raise RuntimeError("cannot schedule new futures after shutdown")
        if len(self._pending) >= self._most:
            self._pending[:] = [f for f in self._pending if f._state == PENDING]
            self._most = 64 + 2 * len(self._pending)
        future = Future()
        self._pending.append(future)
        return future

    def shutdown(self, wait=True, *, cancel_futures=False):
        self._shutdown = True
        if cancel_futures:
            for future in self._pending:
                future.cancel()
        self._pending.clear()
        self._pool.shutdown()
        if wait:
            self._pool.join()
            threading._forget_workers(self._worker_names)


class ThreadPoolExecutor(_PoolExecutor):
    __module__ = "concurrent.futures.thread"
    _kind = "thread"
    _broken_error = BrokenThreadPool
    _broken_text = "A thread initializer failed, the thread pool is not usable anymore"

    def __init__(self, max_workers=None, thread_name_prefix="", initializer=None, initargs=()):
        global _names
        if not thread_name_prefix:
            thread_name_prefix = "ThreadPoolExecutor-%d" % _names
            _names += 1
        self._begin(max_workers, thread_name_prefix + "_", initializer, initargs)

    def submit(self, fn, /, *args, **kwargs):
        future = self._new_future()
        self._pool.submit(_run_item, self._broken, future, fn, args, kwargs)
        return future


_processes = 0


class ProcessPoolExecutor(_PoolExecutor):
    __module__ = "concurrent.futures.process"
    _kind = "process"
    _broken_error = BrokenProcessPool
    _broken_text = (
        "A process in the process pool was terminated abruptly while the future was running or "
        "pending."
    )

    def __init__(
        self, max_workers=None, mp_context=None, initializer=None, initargs=(), *,
        max_tasks_per_child=None,
    ):
        global _processes
        name = "ProcessPoolExecutor-%d_" % _processes
        _processes += 1
        self._begin(max_workers, name, initializer, initargs)

    def submit(self, fn, /, *args, **kwargs):
        future = self._new_future()
        self._pool.submit_to_process(future, fn, args, kwargs)
        return future
