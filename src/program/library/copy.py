"""copy."""


class Error(Exception):
    pass


error = Error


def _is_atomic(x):
    return x is None or isinstance(x, type) or callable(x) and not hasattr(x, '__dict__') or \
        type(x) in _ATOMIC


_ATOMIC = frozenset({
    bool, int, float, str, bytes, type(Ellipsis), type(NotImplemented), range, slice,
    type(lambda: None), type(len), property,
})


def copy(x):
    """A copy of an object that shares what it holds."""
    cls = type(x)
    if _is_atomic(x) or cls in (tuple, frozenset):
        return x
    if cls in (list, dict, set):
        return x.copy()
    copier = getattr(cls, '__copy__', None)
    if copier is not None:
        return copier(x)
    if hasattr(x, '__copy__'):
        return x.__copy__()
    return _rebuilt(x, lambda value: value)


def deepcopy(x, memo=None):
    """A copy of an object and of all it holds."""
    if memo is None:
        memo = {}
    cls = type(x)
    if _is_atomic(x):
        return x
    key = id(x)
    if key in memo:
        return memo[key][0]
    copier = getattr(cls, '__deepcopy__', None)
    if copier is not None:
        result = copier(x, memo)
        memo[key] = (result, x)
        return result
    if cls is list:
        result = []
        memo[key] = (result, x)
        for item in x:
            result.append(deepcopy(item, memo))
        return result
    if cls is dict:
        result = {}
        memo[key] = (result, x)
        for name, value in x.items():
            result[deepcopy(name, memo)] = deepcopy(value, memo)
        return result
    if cls is tuple:
        items = [deepcopy(item, memo) for item in x]
        if key in memo:
            return memo[key][0]
        if all(new is old for new, old in zip(items, x)):
            result = x
        else:
            result = tuple(items)
        memo[key] = (result, x)
        return result
    if cls in (set, frozenset):
        result = cls([deepcopy(item, memo) for item in x])
        memo[key] = (result, x)
        return result
    if cls.__name__ == 'deque':
        result = cls((), x.maxlen)
        memo[key] = (result, x)
        for item in x:
            result.append(deepcopy(item, memo))
        return result
    if cls.__module__ in _CANNOT:
        raise TypeError(f"cannot pickle '{cls.__module__}.{cls.__name__}' object")
    if cls.__name__ in ('generator', 'coroutine', 'async_generator', 'module', 'cell'):
        raise TypeError(f"cannot pickle '{cls.__name__}' object")
    return _rebuilt(x, lambda value: deepcopy(value, memo), memo)


_CANNOT = ('_asyncio', '_thread')


def _rebuilt(x, convert, memo=None):
    cls = type(x)
    if isinstance(x, BaseException):
        result = cls.__new__(cls, *convert(x.args))
        result.args = convert(x.args)
    elif isinstance(x, tuple):
        result = tuple.__new__(cls, [convert(item) for item in x])
    elif isinstance(x, (int, float, str, bytes, frozenset)):
        base = next(kind for kind in (int, float, str, bytes, frozenset) if isinstance(x, kind))
        result = base.__new__(cls, base(x))
    elif isinstance(x, dict):
        result = dict.__new__(cls)
    elif isinstance(x, list):
        result = list.__new__(cls)
    elif isinstance(x, set):
        result = set.__new__(cls)
    else:
        result = object.__new__(cls)
    if memo is not None:
        memo[id(x)] = (result, x)
    for name, value in getattr(x, '__dict__', {}).items():
        object.__setattr__(result, name, convert(value))
    for base in cls.__mro__:
        slots = base.__dict__.get('__slots__', ()) if hasattr(base, '__dict__') else ()
        for name in (slots,) if isinstance(slots, str) else slots:
            if hasattr(x, name):
                object.__setattr__(result, name, convert(getattr(x, name)))
    if isinstance(x, dict):
        for key, value in dict.items(x):
            dict.__setitem__(result, convert(key), convert(value))
    elif isinstance(x, list):
        list.extend(result, [convert(item) for item in list.__iter__(x)])
    elif isinstance(x, set):
        set.update(result, [convert(item) for item in set.__iter__(x)])
    return result


def replace(obj, /, **changes):
    """A copy with other values for some fields."""
    method = getattr(type(obj), '__replace__', None)
    if method is None:
        raise TypeError(f'replace() does not support {type(obj).__name__} objects')
    return method(obj, **changes)
