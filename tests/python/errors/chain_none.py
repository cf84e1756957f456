def f():
    try:
        int("x")
    except ValueError:
        raise RuntimeError("hidden") from None
f()
