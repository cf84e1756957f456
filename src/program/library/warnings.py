"""warnings."""
import sys as _sys
from _loopsim import callers as _callers, source_line as _source_line

filters = []
_seen = set()
_default = [
    ('default', None, DeprecationWarning, '__main__'),
    ('ignore', None, DeprecationWarning, None),
    ('ignore', None, PendingDeprecationWarning, None),
    ('ignore', None, ImportWarning, None),
    ('ignore', None, ResourceWarning, None),
]
_log_warnings = None


class WarningMessage:
    def __init__(self, message, category, filename, lineno, file=None, line=None, source=None):
        self.message, self.category = message, category
        self.filename, self.lineno = filename, lineno
        self.file, self.line, self.source = file, line, source

    def __str__(self):
        return (
            f'{{message : {self.message!r}, category : {self.category.__name__!r}, '
            f'filename : {self.filename!r}, lineno : {self.lineno}, line : {self.line!r}}}'
        )


def formatwarning(message, category, filename, lineno, line=None):
    text = f'{filename}:{lineno}: {category.__name__}: {message}\n'
    line = _source_line(filename, lineno) if line is None else line
    if line:
        text += f'  {line.strip()}\n'
    return text


def showwarning(message, category, filename, lineno, file=None, line=None):
    file = _sys.stderr if file is None else file
    file.write(formatwarning(message, category, filename, lineno, line))


_show = [showwarning]


def _action(text, category, module):
    for action, pattern, kind, where in filters + _default:
        if pattern is not None and not text.lower().startswith(pattern.lower()):
            continue
        if issubclass(category, kind) and (where is None or where == module):
            return action
    return 'default'


def warn(message, category=None, stacklevel=1, source=None, *, skip_file_prefixes=()):
    """Says something on stderr, once for each place."""
    if isinstance(message, Warning):
        category = type(message)
    elif category is None:
        category = UserWarning
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError(
            f"category must be a Warning subclass, not '{type(category).__name__}'"
        )
    places = [place for place in _callers() if place[0] != '<warnings>']
    place = places[min(max(stacklevel, 1), len(places)) - 1] if places else ('sys', 0, '')
    warn_explicit(message, category, place[0], place[1])


def warn_explicit(message, category, filename, lineno, module=None, registry=None,
                  module_globals=None, source=None):
    text = str(message)
    if not isinstance(message, Warning):
        message = category(message)
    in_library = filename.startswith('<')
    module = module or (filename[1:-1] if in_library else '__main__')
    action = _action(text, category, module)
    if action == 'ignore':
        return
    if action == 'error':
        raise message
    key = {
        'once': (text, category), 'module': (text, category, filename),
    }.get(action, (text, category, filename, lineno))
    if action != 'always':
        if key in _seen:
            return
        _seen.add(key)
    if _recorders:
        _recorders[-1].append(WarningMessage(message, category, filename, lineno))
        return
    if _log_warnings is not None:
        _log_warnings.warning('%s', formatwarning(message, category, filename, lineno))
        return
    _show[0](message, category, filename, lineno)


def filterwarnings(action, message='', category=Warning, module='', lineno=0, append=False):
    item = (action, message or None, category, module or None)
    if append:
        filters.append(item)
    else:
        filters.insert(0, item)
    _seen.clear()


def simplefilter(action, category=Warning, lineno=0, append=False):
    filterwarnings(action, category=category, append=append)


def resetwarnings():
    filters.clear()
    _default.clear()
    _seen.clear()


_recorders = []


class catch_warnings:
    """Puts the filters back afterwards; with record=True, keeps what was said in a list."""

    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0,
                 append=False):
        self._record = record
        self._action = action
        self._category = category

    def __enter__(self):
        self._filters = filters[:]
        _seen.clear()
        if self._action is not None:
            simplefilter(self._action, self._category)
        if self._record:
            log = []
            _recorders.append(log)
            return log
        return None

    def __exit__(self, *exc_info):
        filters[:] = self._filters
        _seen.clear()
        if self._record:
            _recorders.pop()


def deprecated(message, /, *, category=DeprecationWarning, stacklevel=1):
    """Marks a function or class that should not be used any more."""
    def decorate(arg):
        from functools import wraps
        if isinstance(arg, type):
            before = arg.__init__

            def __init__(self, *args, **kwargs):
                warn(message, category, stacklevel + 1)
                before(self, *args, **kwargs)

            arg.__init__ = __init__
            arg.__deprecated__ = message
            return arg

        @wraps(arg)
        def wrapper(*args, **kwargs):
            warn(message, category, stacklevel + 1)
            return arg(*args, **kwargs)

        arg.__deprecated__ = wrapper.__deprecated__ = message
        return wrapper
    return decorate
