import time
def retry(fn, n):
    for attempt in range(n):
        try:
            return fn()
        except ValueError as e:
            last = e
    raise RuntimeError(f"gave up after {n} attempts") from last
def flaky():
    raise ValueError("flaky")
retry(flaky, 2)
