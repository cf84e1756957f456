import traceback, sys
def f():
    return [][1]
try:
    f()
except IndexError:
    print([line for line in traceback.format_exc().splitlines() if "File" not in line])
    print(traceback.format_exc().splitlines()[-1])
try:
    g = f() + 1
except Exception as e:
    print([part for part in traceback.format_exception(e) if "File" not in part])
    print(traceback.format_exception_only(e))
    tb = traceback.extract_tb(e.__traceback__)
    for frame in tb:
        print(frame.lineno, frame.name, frame.line)
    print([part.split("\n")[1:] for part in traceback.format_tb(e.__traceback__)])
raise KeyError(1)
