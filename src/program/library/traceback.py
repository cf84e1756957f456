"""traceback: exceptions as they are printed."""
import sys as _sys
from _loopsim import (callers as _callers, frames as _frames, source_line as _source_line,
                      traceback as _raw_text)

_MISSING = object()


def _text(exc):
    return _raw_text(exc) + '\n'


def _exception(exc, value):
    return exc if value is _MISSING else value


def format_exception(exc, /, value=_MISSING, tb=_MISSING, limit=None, chain=True, **kwargs):
    """The lines of a traceback."""
    exc = _exception(exc, value)
    if exc is None:
        return ['NoneType: None\n']
    text = _text(exc)
    parts = []
    for line in text.splitlines(True):
        if parts and (line.startswith('    ') and not line.startswith('    ~') or
                      line.startswith('    ~')):
            parts[-1] += line
        else:
            parts.append(line)
    return parts


def format_exception_only(exc, /, value=_MISSING, *, show_group=False, **kwargs):
    """The last lines of a traceback."""
    exc = _exception(exc, value)
    if exc is None:
        return ['NoneType: None\n']
    cls = type(exc)
    name = cls.__qualname__
    if cls.__module__ not in ('builtins', '__main__'):
        name = f'{cls.__module__}.{name}'
    try:
        text = str(exc)
    except Exception:
        text = '<exception str() failed>'
    lines = [f'{name}: {text}\n' if text else f'{name}\n']
    for note in getattr(exc, '__notes__', ()):
        lines.extend(f'{line}\n' for line in str(note).split('\n'))
    return lines


def print_exception(exc, /, value=_MISSING, tb=_MISSING, limit=None, file=None, chain=True, **kw):
    """Prints a traceback, to stderr unless told otherwise."""
    exc = _exception(exc, value)
    file = _sys.stderr if file is None else file
    file.write('NoneType: None\n' if exc is None else _text(exc))


def format_exc(limit=None, chain=True):
    """The traceback of what is being handled."""
    exc = _sys.exception()
    return 'NoneType: None\n' if exc is None else _text(exc)


def print_exc(limit=None, file=None, chain=True):
    """Prints the traceback of what is being handled."""
    print_exception(_sys.exception(), limit=limit, file=file, chain=chain)


class FrameSummary:
    """A place in a traceback."""

    def __init__(self, filename, lineno, name, line=None, *, text=None):
        self._text = text
        self.filename, self.lineno, self.name = filename, lineno, name
        self.line = _source_line(filename, lineno) if line is None else line

    def __repr__(self):
        return f'<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>'

    def __iter__(self):
        return iter([self.filename, self.lineno, self.name, self.line])

    def __getitem__(self, at):
        return (self.filename, self.lineno, self.name, self.line)[at]

    def __len__(self):
        return 4


class StackSummary(list):
    def format(self):
        return [one._text or f'  File "{one.filename}", line {one.lineno}, in {one.name}\n    {one.line}\n'
                for one in self]


def extract_tb(tb, limit=None):
    """The places that an exception came through, outermost first."""
    frames = [FrameSummary(*place, text=text) for *place, text in _frames(tb)]
    return StackSummary(frames if limit is None else frames[:limit])


def format_tb(tb, limit=None):
    return extract_tb(tb, limit).format()


def print_tb(tb, limit=None, file=None):
    """Prints the places that an exception came through."""
    file = _sys.stderr if file is None else file
    file.write(''.join(format_tb(tb, limit)))


def walk_tb(tb):
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


class TracebackException:
    """An exception, to be printed later."""

    def __init__(self, exc_type, exc_value, exc_traceback, **kwargs):
        self._exc = exc_value
        self.stack = extract_tb(exc_traceback)
        self.exc_type = exc_type
        self.exc_type_str = exc_type.__qualname__

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    def __str__(self):
        return str(self._exc)

    def format(self, *, chain=True, **kwargs):
        yield from format_exception(self._exc)

    def format_exception_only(self, **kwargs):
        yield from format_exception_only(self._exc)

    def print(self, *, file=None, chain=True, **kwargs):
        print_exception(self._exc, file=file)


def extract_stack(f=None, limit=None):
    """Where the program is, outermost first."""
    places = [place for place in _callers() if place[0] != '<traceback>']
    frames = [FrameSummary(*place) for place in reversed(places)]
    return StackSummary(frames if limit is None else frames[-limit:])


def format_stack(f=None, limit=None):
    return extract_stack(f, limit).format()


def print_stack(f=None, limit=None, file=None):
    """Prints where the program is."""
    file = _sys.stderr if file is None else file
    file.write(''.join(format_stack(f, limit)))


def format_list(extracted_list):
    return StackSummary(FrameSummary(*one) for one in extracted_list).format()
