def f():
    try:
        raise ValueError("try")
    finally:
        raise RuntimeError("finally")
f()
