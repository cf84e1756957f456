def f(*args, **kw):
    return args[2]
f(*[1, 2], **{"a": 1})
