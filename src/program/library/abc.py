"""abc: classes that cannot be made before their methods are."""
from _loopsim import version as _version


def abstractmethod(funcobj):
    """Marks a method that a derived class has to define."""
    funcobj.__isabstractmethod__ = True
    return funcobj


class abstractclassmethod(classmethod):
    __isabstractmethod__ = True


class abstractstaticmethod(staticmethod):
    __isabstractmethod__ = True


class abstractproperty(property):
    __isabstractmethod__ = True


def _is_abstract(value):
    if getattr(value, '__isabstractmethod__', False):
        return True
    for part in ('fget', 'fset', 'fdel', '__func__', 'func'):
        inner = getattr(value, part, None)
        if inner is not None and getattr(inner, '__isabstractmethod__', False):
            return True
    return False


class ABCMeta(type):
    """The class of abstract classes."""

    def __new__(mcls, name, bases, namespace, /, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        abstract = {name for name, value in namespace.items() if _is_abstract(value)}
        for base in bases:
            for name in getattr(base, '__abstractmethods__', ()):
                if _is_abstract(getattr(cls, name, None)):
                    abstract.add(name)
        cls.__abstractmethods__ = frozenset(abstract)
        cls._abc_registry = []
        return cls

    def register(cls, subclass):
        if not isinstance(subclass, type):
            raise TypeError('Can only register classes')
        if not issubclass(subclass, cls):
            cls._abc_registry.append(subclass)
        return subclass

    def __call__(cls, *args, **kwargs):
        if cls.__abstractmethods__:
            raise TypeError(_cannot_make(cls))
        return super().__call__(*args, **kwargs)

    def __instancecheck__(cls, instance):
        return cls.__subclasscheck__(type(instance))

    def __subclasscheck__(cls, subclass):
        hook = cls.__subclasshook__(subclass)
        if hook is not NotImplemented:
            return hook
        if cls in subclass.__mro__:
            return True
        for known in cls._abc_registry:
            if issubclass(subclass, known):
                return True
        for derived in cls.__subclasses__():
            if issubclass(subclass, derived):
                return True
        return False


def _cannot_make(cls):
    names = sorted(cls.__abstractmethods__)
    plural = '' if len(names) == 1 else 's'
    if _version < (3, 12):
        return (
            f"Can't instantiate abstract class {cls.__name__} with abstract method{plural} "
            f'{", ".join(names)}'
        )
    shown = ', '.join(f"'{name}'" for name in names)
    return (
        f"Can't instantiate abstract class {cls.__name__} without an implementation for abstract "
        f'method{plural} {shown}'
    )


class ABC(metaclass=ABCMeta):
    """A class to derive abstract classes from."""

    @classmethod
    def __subclasshook__(cls, subclass):
        return NotImplemented


def get_cache_token():
    return 0


def update_abstractmethods(cls):
    """Looks again at which methods are abstract."""
    if not hasattr(cls, '__abstractmethods__'):
        return cls
    abstract = {name for name, value in cls.__dict__.items() if _is_abstract(value)}
    for base in cls.__bases__:
        for name in getattr(base, '__abstractmethods__', ()):
            if _is_abstract(getattr(cls, name, None)):
                abstract.add(name)
    cls.__abstractmethods__ = frozenset(abstract)
    return cls
