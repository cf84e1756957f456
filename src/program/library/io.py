"""io: streams in memory."""

SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
DEFAULT_BUFFER_SIZE = 131072


class UnsupportedOperation(OSError, ValueError):
    pass


class IOBase:
    closed = False

    def __enter__(self):
        self._check()
        return self

    def __exit__(self, *exc_info):
        self.close()

    def _check(self):
        if self.closed:
            raise ValueError('I/O operation on closed file')

    def close(self):
        self.closed = True

    def flush(self):
        self._check()

    def readable(self):
        self._check()
        return True

    def writable(self):
        self._check()
        return True

    def seekable(self):
        self._check()
        return True

    def isatty(self):
        self._check()
        return False

    def fileno(self):
        raise UnsupportedOperation('fileno')

    def __iter__(self):
        self._check()
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def readlines(self, hint=-1):
        return list(self)

    def writelines(self, lines):
        for line in lines:
            self.write(line)


class _Memory(IOBase):
    _empty = None

    def __init__(self, initial):
        self._data = initial
        self._at = 0

    def getvalue(self):
        self._check()
        return self._data

    def tell(self):
        self._check()
        return self._at

    def seek(self, pos, whence=0):
        self._check()
        base = (0, self._at, len(self._data))[whence]
        self._at = max(base + pos, 0)
        return self._at

    def truncate(self, size=None):
        self._check()
        size = self._at if size is None else size
        self._data = self._data[:size]
        return size

    def read(self, size=-1):
        self._check()
        end = len(self._data) if size is None or size < 0 else self._at + size
        found = self._data[self._at:end]
        self._at += len(found)
        return found

    def readline(self, size=-1):
        self._check()
        end = self._data.find(self._newline, self._at) + 1
        if end == 0:
            end = len(self._data)
        if size is not None and size >= 0:
            end = min(end, self._at + size)
        found = self._data[self._at:end]
        self._at += len(found)
        return found

    def _put(self, data):
        at = self._at
        if at == len(self._data):
            self._data += data
        else:
            before = self._data[:at]
            before += self._zero * (at - len(before))
            self._data = before + data + self._data[at + len(data):]
        self._at = at + len(data)
        return len(data)


class StringIO(_Memory):
    """Text in memory."""

    _newline, _zero = '\n', '\0'

    def __init__(self, initial_value='', newline='\n'):
        if initial_value is not None and not isinstance(initial_value, str):
            raise TypeError(
                f'initial_value must be str or None, not {type(initial_value).__name__}'
            )
        _Memory.__init__(self, initial_value or '')

    def write(self, s):
        self._check()
        if not isinstance(s, str):
            raise TypeError(f"string argument expected, got '{type(s).__name__}'")
        return self._put(s)


class BytesIO(_Memory):
    """Bytes in memory."""

    _newline, _zero = b'\n', b'\0'

    def __init__(self, initial_bytes=b''):
        _Memory.__init__(self, bytes(initial_bytes))

    def write(self, b):
        self._check()
        if isinstance(b, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        return self._put(bytes(b))

    getbuffer = _Memory.getvalue


class TextIOBase(IOBase):
    pass


class RawIOBase(IOBase):
    pass


class BufferedIOBase(IOBase):
    pass
