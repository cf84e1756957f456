import io
import sys
from contextlib import redirect_stderr, redirect_stdout

s = io.StringIO()
print("one", 2, file=s)
s.write("three\n")
print(repr(s.getvalue()), s.tell(), s.seek(0), s.readline(), s.read(3), s.readlines())
s = io.StringIO("a\nb\nc")
print([line.strip() for line in s], s.read(), io.StringIO("x").read())
b = io.BytesIO(b"abc")
print(b.read(2), b.write(b"XYZ"), b.getvalue())
with io.StringIO() as f:
    f.write("x")
try:
    f.write("y")
except ValueError as error:
    print(error)
print("to stdout", file=sys.stdout, flush=True)
sys.stdout.write("written ")
sys.stdout.write("twice\n")
sys.stdout.flush()
print("to stderr", file=sys.stderr)
buffer = io.StringIO()
with redirect_stdout(buffer), redirect_stderr(io.StringIO()) as err:
    print("captured")
    print("error text", file=sys.stderr)
print(buffer.getvalue().strip(), err.getvalue().strip())
old, sys.stdout = sys.stdout, io.StringIO()
print("gone")
inner, sys.stdout = sys.stdout.getvalue(), old
print(repr(inner))


class Upper:
    def write(self, text):
        old.write(text.upper())


print("loud", "words", sep="-", file=Upper())
try:
    io.StringIO().write(b"x")
except TypeError as error:
    print(error)
