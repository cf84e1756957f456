def parse(v):
    return float(v)
print(sum(parse(v) for v in ["1", "b"]))
