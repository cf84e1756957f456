"""atexit."""
from _loopsim import at_exit as _at_exit

_registered = []


def register(func, /, *args, **kwargs):
    """Calls a function when the program is over."""
    if not callable(func):
        raise TypeError('the first argument must be callable')
    if not _registered:
        _at_exit(_run)
    _registered.append((func, args, kwargs))
    return func


def unregister(func, /):
    _registered[:] = [entry for entry in _registered if entry[0] != func]


def _run():
    import sys
    from _loopsim import traceback
    while _registered:
        func, args, kwargs = _registered.pop()
        try:
            func(*args, **kwargs)
        except BaseException as error:
            sys.stderr.write(f'Exception ignored in atexit callback {func!r}:\n')
            sys.stderr.write(traceback(error))
