import sys

print(sys.version_info >= (3, 11), sys.version_info[0], sys.version_info.major, sys.version_info[:1], sys.maxsize, sys.byteorder)
print(len(sys.argv), sys.getrecursionlimit(), sys.platform, sys.getdefaultencoding(), sys.intern("abc"), sys.exc_info())
try:
    raise ValueError("x")
except ValueError:
    kind, value, tb = sys.exc_info()
    print(kind, value, tb is not None, sys.exception() is value)


def helper():
    return sys.exception()


try:
    {}["k"]
except KeyError:
    print(repr(helper()))
print(sys.exception())
try:
    sys.exit("message")
except SystemExit as error:
    print(repr(error), error.code)
try:
    sys.exit()
except SystemExit as error:
    print(error.code, error.args)
print("before")
sys.exit(0)
