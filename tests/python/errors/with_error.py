from contextlib import contextmanager

@contextmanager
def managed(name):
    print("open", name)
    try:
        yield name
    finally:
        print("close", name)

def work():
    with managed("db") as db:
        raise LookupError(f"no table in {db}")
work()
