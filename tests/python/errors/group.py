def job(n):
    if n % 2:
        raise ValueError(f"job {n}")
    raise TypeError(f"job {n}")

errors = []
for n in range(3):
    try:
        job(n)
    except Exception as e:
        errors.append(e)
raise ExceptionGroup("jobs failed", errors)
