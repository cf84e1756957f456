def first():
    return {}["missing"]

def second():
    try:
        first()
    except KeyError:
        return 1 / 0

second()
