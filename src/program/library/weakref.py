"""weakref."""
from _weakref import ref

ReferenceType = ref


def proxy(object, callback=None):
    raise NotImplementedError('weak proxies are not simulated; use weakref.ref')


class WeakSet:
    """A set that does not keep its items alive."""

    def __init__(self, data=None):
        self._refs = {}
        if data is not None:
            self.update(data)

    def _alive(self):
        found = []
        for one in list(self._refs):
            item = one()
            if item is None:
                del self._refs[one]
            else:
                found.append(item)
        return found

    def add(self, item):
        self._refs[ref(item)] = None

    def update(self, items):
        for item in items:
            self.add(item)

    def discard(self, item):
        self._refs.pop(ref(item), None)

    def remove(self, item):
        del self._refs[ref(item)]

    def pop(self):
        for item in self._alive():
            self.discard(item)
            return item
        raise KeyError('pop from empty WeakSet')

    def clear(self):
        self._refs.clear()

    def copy(self):
        return WeakSet(self)

    def __contains__(self, item):
        try:
            return ref(item) in self._refs
        except TypeError:
            return False

    def __iter__(self):
        return iter(self._alive())

    def __len__(self):
        return len(self._alive())

    def __repr__(self):
        return repr(set(self._alive()))


class WeakValueDictionary:
    """A dict that does not keep its values alive."""

    def __init__(self, other=(), /, **kw):
        self._refs = {}
        self.update(other, **kw)

    def _alive(self):
        found = {}
        for key, one in list(self._refs.items()):
            value = one()
            if value is None:
                del self._refs[key]
            else:
                found[key] = value
        return found

    def __getitem__(self, key):
        value = self._refs[key]()
        if value is None:
            del self._refs[key]
            raise KeyError(key)
        return value

    def get(self, key, default=None):
        return self[key] if key in self else default

    def __setitem__(self, key, value):
        self._refs[key] = ref(value)

    def __delitem__(self, key):
        del self._refs[key]

    def __contains__(self, key):
        return key in self._refs and self._refs[key]() is not None

    def __len__(self):
        return len(self._alive())

    def __iter__(self):
        return iter(self._alive())

    def keys(self):
        return self._alive().keys()

    def values(self):
        return self._alive().values()

    def items(self):
        return self._alive().items()

    def pop(self, key, *default):
        if key in self:
            value = self[key]
            del self._refs[key]
            return value
        if default:
            return default[0]
        raise KeyError(key)

    def setdefault(self, key, default=None):
        if key not in self:
            self[key] = default
        return self[key]

    def update(self, other=(), /, **kw):
        for key, value in dict(other, **kw).items():
            self[key] = value

    def clear(self):
        self._refs.clear()

    def __repr__(self):
        return f'<WeakValueDictionary at {hex(id(self))}>'


class WeakKeyDictionary:
    """A dict that does not keep its keys alive."""

    def __init__(self, dict=None):
        self._values = {}
        for key, value in ({} if dict is None else dict).items():
            self[key] = value

    def _alive(self):
        found = []
        for one, value in list(self._values.items()):
            key = one()
            if key is None:
                del self._values[one]
            else:
                found.append((key, value))
        return found

    def __getitem__(self, key):
        return self._values[ref(key)]

    def get(self, key, default=None):
        return self._values.get(ref(key), default)

    def __setitem__(self, key, value):
        self._values[ref(key)] = value

    def __delitem__(self, key):
        del self._values[ref(key)]

    def __contains__(self, key):
        return ref(key) in self._values

    def __len__(self):
        return len(self._alive())

    def __iter__(self):
        return iter([key for key, _ in self._alive()])

    keys = __iter__

    def values(self):
        return iter([value for _, value in self._alive()])

    def items(self):
        return iter(self._alive())

    def pop(self, key, *default):
        return self._values.pop(ref(key), *default)

    def setdefault(self, key, default=None):
        return self._values.setdefault(ref(key), default)

    def clear(self):
        self._values.clear()

    def __repr__(self):
        return f'<WeakKeyDictionary at {hex(id(self))}>'


class WeakMethod:
    """A reference to a method that does not keep its object alive."""

    def __init__(self, meth, callback=None):
        self._object, self._function = ref(meth.__self__), meth.__func__

    def __call__(self):
        obj = self._object()
        return None if obj is None else self._function.__get__(obj)


class finalize:
    """Never called by itself: when an object goes is not looked at."""

    def __init__(self, obj, func, /, *args, **kwargs):
        self._object, self._call = ref(obj), (func, args, kwargs)

    @property
    def alive(self):
        return self._call is not None

    def __call__(self, _=None):
        call, self._call = self._call, None
        if call is not None:
            func, args, kwargs = call
            return func(*args, **kwargs)

    def detach(self):
        call, self._call = self._call, None
        if call is not None:
            return (self._object(), *call)


def getweakrefcount(object):
    return 0
