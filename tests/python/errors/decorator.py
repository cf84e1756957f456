import functools
def trace(fn):
    @functools.wraps(fn)
    def wrapper(*args, **kwargs):
        return fn(*args, **kwargs)
    return wrapper

@trace
def risky(n):
    if n > 2:
        raise OverflowError("too big")
    return n

print(risky(1))
print(risky(5))
