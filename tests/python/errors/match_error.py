def handle(cmd):
    match cmd.split():
        case ["go", direction]:
            return direction
        case ["add", a, b]:
            return int(a) + int(b)
        case _:
            raise ValueError(f"unknown command: {cmd!r}")
print(handle("add 1 2"))
print(handle("add 1 x"))
