"""inspect: what kind of thing something is."""
import types as _types
from _loopsim import function_kind as _function_kind


def _unwrapped(obj):
    while True:
        if type(obj).__name__ == 'partial':
            obj = obj.func
        elif ismethod(obj):
            obj = obj.__func__
        else:
            return obj


def iscoroutinefunction(obj):
    return _function_kind(_unwrapped(obj)) == 'coroutine' or \
        getattr(obj, '_is_coroutine_mark', False)


def markcoroutinefunction(func):
    func._is_coroutine_mark = True
    return func


def isasyncgenfunction(obj):
    return _function_kind(_unwrapped(obj)) == 'async_generator'


def isgeneratorfunction(obj):
    return _function_kind(_unwrapped(obj)) == 'generator'


def iscoroutine(object):
    return isinstance(object, _types.CoroutineType) or type(object).__name__ == 'coroutine'


def isasyncgen(object):
    return isinstance(object, _types.AsyncGeneratorType)


def isgenerator(object):
    return isinstance(object, _types.GeneratorType)


def isawaitable(object):
    return iscoroutine(object) or hasattr(object, '__await__')


def isfunction(object):
    return isinstance(object, _types.FunctionType)


def ismethod(object):
    return isinstance(object, _types.MethodType)


def isbuiltin(object):
    return isinstance(object, _types.BuiltinFunctionType)


def isroutine(object):
    return isfunction(object) or ismethod(object) or isbuiltin(object)


def isclass(object):
    return isinstance(object, type)


def ismodule(object):
    return type(object).__name__ == 'module'


def isabstract(object):
    return isclass(object) and bool(getattr(object, '__abstractmethods__', ()))


def getdoc(object):
    doc = getattr(object, '__doc__', None)
    return None if doc is None else cleandoc(doc)


def cleandoc(doc):
    lines = doc.expandtabs().split('\n')
    margin = None
    for line in lines[1:]:
        content = len(line.lstrip(' '))
        if content:
            indent = len(line) - content
            margin = indent if margin is None else min(margin, indent)
    lines = [lines[0].lstrip(' ')] + [line[margin or 0:] for line in lines[1:]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return '\n'.join(lines)


def unwrap(func, *, stop=None):
    while hasattr(func, '__wrapped__') and not (stop is not None and stop(func)):
        func = func.__wrapped__
    return func


def getmro(cls):
    return cls.__mro__
