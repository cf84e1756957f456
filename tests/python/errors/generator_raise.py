def numbers():
    yield 1
    yield 2
    raise RuntimeError("exhausted source")

def consume():
    for n in numbers():
        print(n)
consume()
