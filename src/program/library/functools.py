"""functools: what is not native."""
from _functools import partial, reduce
from collections import namedtuple as _namedtuple

WRAPPER_ASSIGNMENTS = (
    '__module__', '__name__', '__qualname__', '__doc__', '__annotate__', '__type_params__',
)
WRAPPER_UPDATES = ('__dict__',)


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """Makes a wrapper look like what it wraps."""
    for name in assigned:
        try:
            value = getattr(wrapped, name)
        except AttributeError:
            continue
        setattr(wrapper, name, value)
    for name in updated:
        for key, value in getattr(wrapped, name, {}).items():
            setattr(wrapper, key, value)
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """A decorator that calls update_wrapper()."""
    return partial(update_wrapper, wrapped=wrapped, assigned=assigned, updated=updated)


def _not(result):
    return result if result is NotImplemented else not result


def _ordering(root):
    """The three comparisons that follow from one, by name."""
    def lt(self, other):
        result = getattr(type(self), root)(self, other)
        if result is NotImplemented:
            return result
        if root == '__gt__':
            return not result and self != other
        if root == '__le__':
            return result and self != other
        return not result

    def le(self, other):
        result = getattr(type(self), root)(self, other)
        if result is NotImplemented:
            return result
        if root == '__lt__':
            return result or self == other
        if root == '__gt__':
            return not result
        return not result or self == other

    def gt(self, other):
        result = getattr(type(self), root)(self, other)
        if result is NotImplemented:
            return result
        if root == '__lt__':
            return not result and self != other
        if root == '__ge__':
            return result and self != other
        return not result

    def ge(self, other):
        result = getattr(type(self), root)(self, other)
        if result is NotImplemented:
            return result
        if root == '__gt__':
            return result or self == other
        if root == '__lt__':
            return not result
        return not result or self == other

    return {'__lt__': lt, '__le__': le, '__gt__': gt, '__ge__': ge}


def total_ordering(cls):
    """Fills in the comparisons that a class does not define."""
    roots = [
        name for name in ('__lt__', '__le__', '__gt__', '__ge__')
        if getattr(cls, name, None) is not getattr(object, name, None)
    ]
    if not roots:
        raise ValueError('must define at least one ordering operation: < > <= >=')
    root = next(name for name in ('__lt__', '__le__', '__gt__', '__ge__') if name in roots)
    for name, function in _ordering(root).items():
        if name not in roots:
            function.__name__ = name
            function.__qualname__ = name
            setattr(cls, name, function)
    return cls


def cmp_to_key(mycmp):
    """A key function of a comparison function."""
    class KeyWrapper:
        __slots__ = ('obj',)

        def __init__(self, obj):
            self.obj = obj

        def __lt__(self, other):
            return mycmp(self.obj, other.obj) < 0

        def __gt__(self, other):
            return mycmp(self.obj, other.obj) > 0

        def __eq__(self, other):
            return mycmp(self.obj, other.obj) == 0

        def __le__(self, other):
            return mycmp(self.obj, other.obj) <= 0

        def __ge__(self, other):
            return mycmp(self.obj, other.obj) >= 0

        __hash__ = None

    return KeyWrapper


_CacheInfo = _namedtuple('CacheInfo', ['hits', 'misses', 'maxsize', 'currsize'])
_KEYWORDS = object()


def _key_of(args, kwargs, typed):
    if not kwargs and not typed:
        return args
    key = args
    if kwargs:
        key += (_KEYWORDS,)
        for item in kwargs.items():
            key += item
    if typed:
        key += tuple(type(value) for value in args)
        key += tuple(type(value) for value in kwargs.values())
    return key


def _cached(function, maxsize, typed):
    cache = {}
    hits = misses = 0
    absent = object()

    if maxsize == 0:
        def wrapper(*args, **kwargs):
            nonlocal misses
            misses += 1
            return function(*args, **kwargs)
    elif maxsize is None:
        def wrapper(*args, **kwargs):
            nonlocal hits, misses
            key = args if not kwargs and not typed else _key_of(args, kwargs, typed)
            found = cache.get(key, absent)
            if found is not absent:
                hits += 1
                return found
            misses += 1
            result = function(*args, **kwargs)
            cache[key] = result
            return result
    else:
        def wrapper(*args, **kwargs):
            nonlocal hits, misses
            key = args if not kwargs and not typed else _key_of(args, kwargs, typed)
            found = cache.pop(key, absent)
            if found is not absent:
                hits += 1
                cache[key] = found
                return found
            misses += 1
            result = function(*args, **kwargs)
            if key not in cache:
                if len(cache) >= maxsize:
                    del cache[next(iter(cache))]
                cache[key] = result
            return result

    def cache_info():
        return _CacheInfo(hits, misses, maxsize, len(cache))

    def cache_clear():
        nonlocal hits, misses
        cache.clear()
        hits = misses = 0

    wrapper.cache_info = cache_info
    wrapper.cache_clear = cache_clear
    wrapper.cache_parameters = lambda: {'maxsize': maxsize, 'typed': typed}
    return update_wrapper(wrapper, function)


def lru_cache(maxsize=128, typed=False):
    """Remembers the results of the last different calls."""
    if isinstance(maxsize, int):
        maxsize = max(maxsize, 0)
    elif callable(maxsize) and isinstance(typed, bool):
        return _cached(maxsize, 128, typed)
    elif maxsize is not None:
        raise TypeError('Expected first argument to be an integer, a callable, or None')

    def decorating_function(function):
        return _cached(function, maxsize, typed)

    return decorating_function


def cache(user_function, /):
    """Remembers the results of all different calls."""
    return lru_cache(maxsize=None)(user_function)


class cached_property:
    """A property that is computed once per instance."""

    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__

    def __set_name__(self, owner, name):
        if self.attrname is None:
            self.attrname = name
        elif name != self.attrname:
            raise TypeError(
                'Cannot assign the same cached_property to two different names '
                f'({self.attrname!r} and {name!r}).'
            )

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.attrname is None:
            raise TypeError('Cannot use cached_property instance without calling __set_name__ on it.')
        value = self.func(instance)
        instance.__dict__[self.attrname] = value
        return value


def singledispatch(func):
    """A function that looks at the class of its first argument."""
    registry = {object: func}

    def dispatch(cls):
        for ancestor in cls.__mro__:
            if ancestor in registry:
                return registry[ancestor]
        for known in reversed(registry):
            if known is not object and issubclass(cls, known):
                return registry[known]
        return func

    def register(cls, func=None):
        if func is None:
            if isinstance(cls, type):
                return lambda function: register(cls, function)
            annotations = getattr(cls, '__annotations__', {})
            if not annotations:
                raise TypeError(
                    f'Invalid first argument to `register()`: {cls!r}. '
                    'Use either `@register(some_class)` or plain `@register` on an annotated '
                    'function.'
                )
            func = cls
            name, cls = next(iter(annotations.items()))
            kinds = getattr(cls, '__args__', (cls,))
            if not all(isinstance(kind, type) for kind in kinds):
                raise TypeError(f'Invalid annotation for {name!r}. {cls!r} is not a class.')
            for kind in kinds:
                registry[kind] = func
            return func
        registry[cls] = func
        return func

    def wrapper(*args, **kwargs):
        if not args:
            raise TypeError(f'{name} requires at least 1 positional argument')
        return dispatch(type(args[0]))(*args, **kwargs)

    name = getattr(func, '__name__', 'singledispatch function')
    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = registry
    return update_wrapper(wrapper, func)


class singledispatchmethod:
    """The same for methods: the class of the argument after self decides."""

    def __init__(self, func):
        self.dispatcher = singledispatch(func)
        self.func = func

    def register(self, cls, method=None):
        return self.dispatcher.register(cls, func=method)

    def __get__(self, instance, owner=None):
        dispatch = self.dispatcher.dispatch

        def _method(*args, **kwargs):
            if not args:
                name = getattr(self.func, '__name__', 'singledispatchmethod method')
                raise TypeError(f'{name} requires at least 1 positional argument')
            return dispatch(type(args[0]))(instance, *args, **kwargs)

        return update_wrapper(_method, self.func)


class partialmethod:
    """A partial that becomes a method."""

    def __init__(self, func, /, *args, **keywords):
        self.func = func
        self.args = args
        self.keywords = keywords

    def __get__(self, instance, owner=None):
        bound = self.func.__get__(instance, owner)
        return partial(bound, *self.args, **self.keywords)
