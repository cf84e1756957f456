def f():
    try:
        [].pop()
    except IndexError as e:
        e.add_note("while popping")
        e.add_note("second\nline")
        raise
f()
