"""Futures of asyncio and of concurrent.futures handed to each other.

Rules: CPython's Lib/asyncio/futures.py (_chain_future) and tasks.py (run_coroutine_threadsafe).
"""
import asyncio
import concurrent.futures
from _loopsim import version as _version


def _copy(source, destination):
    """What came of one future becomes that of the other."""
    if destination.cancelled():
        return
    if asyncio.isfuture(destination):
        if destination.done():
            return
    elif source.cancelled():
        destination.cancel()
        destination.set_running_or_notify_cancel()
        return
    elif not destination.set_running_or_notify_cancel():
        return
    if source.cancelled():
        destination.cancel()
        return
    error = source.exception()
    if error is None:
        destination.set_result(source.result())
    else:
        destination.set_exception(error)


def _chain(source, destination):
    """The end of the one is that of the other, and its cancellation goes back."""
    source_loop = source.get_loop() if asyncio.isfuture(source) else None
    loop = destination.get_loop() if asyncio.isfuture(destination) else None

    def is_same(one, other):
        # Since 3.14 it is the loop that runs here which counts.
        return one is (asyncio._get_running_loop() if _version >= (3, 14) else other)

    def is_cancelled(destination):
        if not destination.cancelled():
            return
        if source_loop is None or is_same(source_loop, loop):
            source.cancel()
        else:
            source_loop.call_soon_threadsafe(source.cancel)

    def has_ended(source):
        if loop is None or is_same(loop, source_loop):
            _copy(source, destination)
        elif not loop.is_closed():
            loop.call_soon_threadsafe(_copy, source, destination)

    destination.add_done_callback(is_cancelled)
    source.add_done_callback(has_ended)


def wrap_future(future, *, loop=None):
    """The future of asyncio that ends as one of concurrent.futures does."""
    if asyncio.isfuture(future):
        return future
    if not isinstance(future, concurrent.futures.Future):
        raise AssertionError(f'concurrent.futures.Future is expected, got {future!r}')
    if loop is None:
        loop = asyncio.get_event_loop()
    wrapped = loop.create_future()
    _chain(future, wrapped)
    return wrapped


def run_coroutine_threadsafe(coro, loop):
    """Submits a coroutine to a loop from another thread."""
    if not asyncio.iscoroutine(coro):
        raise TypeError('A coroutine object is required')
    future = concurrent.futures.Future()

    def callback():
        try:
            _chain(loop.create_task(coro), future)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            if future.set_running_or_notify_cancel():
                future.set_exception(error)
            raise

    loop.call_soon_threadsafe(callback)
    return future
