"""asyncio's streams between coroutines of one program: a network that is only in memory.

What StreamReader, StreamWriter and Server do follows CPython's `asyncio/streams.py` and
`base_events.py`. The sockets below them are modelled: hosts and ports are names in one table; what
one side sends can be read by the other in the next iteration of the loop after its latency, which
is 0 unless it was set; a connection takes so many bytes on the way, and no more, until the
other side reads.
"""
import asyncio
import collections
import sys
import _loopsim

_DEFAULT_LIMIT = 2 ** 16
# Of a transport's own buffer, as CPython's.
_HIGH_WATER = 64 * 1024
_LOW_WATER = 16 * 1024
# Bytes that are sent and not yet read, as far as the system takes them (Linux's usual size).
_ON_THE_WAY = 212992
_MOST_AT_ONCE = 256 * 1024
_EVERYWHERE = (None, '', '0.0.0.0', '::')
_LOOPBACK = ('localhost', '127.0.0.1', '::1')

_servers = []
_next_port = [49152]


def _port():
    _next_port[0] += 1
    return _next_port[0] - 1


def _address(host):
    return '127.0.0.1' if host in _EVERYWHERE or host in _LOOPBACK else host


def _look_up(host):
    return _address(host)


async def _resolve(loop, host):
    """Names are looked up on a worker, as `getaddrinfo` is; addresses need no look-up."""
    if host is None or not host.replace('.', '').isdigit() and ':' not in host:
        await loop.run_in_executor(None, _look_up, host)


def _find_server(host, port):
    for server in _servers:
        if server._port == port and any(
                own in _EVERYWHERE or _address(own) == _address(host) for own in server._hosts):
            return server
    return None


class _Transport:
    """One end of a connection."""

    def __init__(self, loop, protocol, extra, server=None):
        self._loop = loop
        self._protocol = protocol
        self._extra = extra
        self._server = server
        self._peer = None
        self._buffer = collections.deque()
        self._buffered = 0
        # Sent, and not yet given to the peer's protocol.
        self._sent = 0
        self._arrived = collections.deque()
        # When what the peer has sent arrives.
        self._coming = collections.deque()
        self._last_arrival = 0.0
        self._is_scheduled = False
        self._high, self._low = _HIGH_WATER, _LOW_WATER
        self._protocol_paused = False
        self._reading_paused = False
        self._closing = False
        self._lost = 0
        self._eof = False
        self._reads = True
        self._is_broken = False
        if server is not None:
            server._attach(self)

    def _start(self, waiter):
        self._loop.call_soon(self._protocol.connection_made, self)
        self._loop.call_soon(self._start_reading)
        if waiter is not None:
            self._loop.call_soon(_set_unless_done, waiter)

    def _start_reading(self):
        self._started = True
        self._schedule_reading()

    _started = False

    # ------------------------------------------------------------------ reading
    def _schedule_reading(self):
        """The system says that there is something to read, in the next iteration."""
        ready = self._started and self._reads and not self._reading_paused and self._arrived
        if ready and not self._is_scheduled:
            self._is_scheduled = True
            self._loop.call_later(0, self._read_ready)

    def _read_ready(self):
        self._is_scheduled = False
        if self._lost or self._reading_paused or not self._reads or not self._arrived:
            return
        peer = self._peer
        if self._arrived[0] is None:
            self._arrived.popleft()
            self._reads = False
            if not self._protocol.eof_received():
                self.close()
            return
        taken, size = [], 0
        while self._arrived and self._arrived[0] is not None and size < _MOST_AT_ONCE:
            piece = self._arrived.popleft()
            if size + len(piece) > _MOST_AT_ONCE:
                cut = _MOST_AT_ONCE - size
                self._arrived.appendleft(piece[cut:])
                piece = piece[:cut]
            taken.append(piece)
            size += len(piece)
        if peer is not None:
            peer._sent -= size
            if peer._buffer:
                self._loop.call_later(0, peer._write_ready)
        self._protocol.data_received(b''.join(taken))
        self._schedule_reading()

    def _arrive(self, piece):
        self._coming.popleft()
        self._take_in(piece)

    def _take_in(self, piece):
        self._arrived.append(piece)
        if self._started and self._reads and not self._reading_paused and not self._is_scheduled:
            self._read_ready()

    def pause_reading(self):
        self._reading_paused = True

    def resume_reading(self):
        if self._closing or not self._reading_paused:
            return
        self._reading_paused = False
        # What comes in this iteration is seen in the next one, as what is there.
        comes = self._coming and self._coming[0] <= self._loop.time()
        if self._started and self._reads and not self._is_scheduled and (self._arrived or comes):
            self._is_scheduled = True
            self._loop.call_later(0, self._read_ready)

    def is_reading(self):
        return not self._closing and not self._reading_paused

    # ------------------------------------------------------------------ writing
    def _send(self, piece):
        """Gives a piece, or the end, to the system: it arrives after the latency."""
        latency, rate = _loopsim.network()
        now = self._loop.time()
        size = 0 if piece is None else len(piece)
        # Pieces go one after the other, at the rate of the line.
        start = max(now, self._last_arrival - latency)
        arrival = start + latency + (size / rate if rate else 0)
        self._last_arrival = arrival
        self._sent += size
        self._peer._coming.append(arrival)
        self._loop.call_later(max(arrival - now, 0), self._peer._arrive, piece)

    def write(self, data):
        if not isinstance(data, bytes):
            wanted = ('a bytes-like object' if sys.version_info < (3, 14)
                      else 'a bytes, bytearray, or memoryview object')
            raise TypeError(f'data argument must be {wanted}, not {type(data).__name__!r}')
        if self._eof:
            raise RuntimeError('Cannot call write() after write_eof()')
        if not data:
            return
        if self._lost:
            self._lost += 1
            return
        if not self._buffer:
            if self._peer is None or self._peer._lost:
                # The first one gets through to a system that knows of no connection any more.
                if not self._is_broken:
                    self._is_broken = True
                    return
                self._fatal(BrokenPipeError(32, 'Broken pipe'))
                return
            room = _ON_THE_WAY - self._sent
            if room > 0:
                self._send(bytes(data[:room]))
                data = data[room:]
            if not data:
                return
        self._buffer.append(bytes(data))
        self._buffered += len(data)
        self._maybe_pause_protocol()

    def writelines(self, pieces):
        self.write(b''.join(pieces))

    def _write_ready(self):
        if self._lost:
            return
        while self._buffer:
            room = _ON_THE_WAY - self._sent
            if room <= 0:
                return
            piece = self._buffer.popleft()
            if len(piece) > room:
                self._buffer.appendleft(piece[room:])
                piece = piece[:room]
            self._buffered -= len(piece)
            self._send(piece)
        self._maybe_resume_protocol()
        if not self._buffer:
            if self._closing:
                self._lose(None)
            elif self._eof:
                self._send(None)

    def _maybe_pause_protocol(self):
        if self._buffered > self._high and not self._protocol_paused:
            self._protocol_paused = True
            self._protocol.pause_writing()

    def _maybe_resume_protocol(self):
        if self._protocol_paused and self._buffered <= self._low:
            self._protocol_paused = False
            self._protocol.resume_writing()

    def get_write_buffer_size(self):
        return self._buffered

    def get_write_buffer_limits(self):
        return (self._low, self._high)

    def set_write_buffer_limits(self, high=None, low=None):
        if high is None:
            high = _HIGH_WATER if low is None else 4 * low
        if low is None:
            low = high // 4
        if not high >= low >= 0:
            raise ValueError(f'high ({high!r}) must be >= low ({low!r}) must be >= 0')
        self._high, self._low = high, low
        self._maybe_pause_protocol()

    def can_write_eof(self):
        return True

    def write_eof(self):
        if self._closing or self._eof:
            return
        self._eof = True
        if not self._buffer:
            self._send(None)

    # ------------------------------------------------------------------ closing
    def is_closing(self):
        return self._closing

    def close(self):
        if self._closing:
            return
        self._closing = True
        self._reads = False
        if not self._buffer:
            self._lose(None)

    def abort(self):
        self._force_close(None)

    def _fatal(self, error):
        self._force_close(error)

    def _force_close(self, error):
        if self._lost:
            return
        self._buffer.clear()
        self._buffered = 0
        self._closing = True
        self._reads = False
        self._lose(error)

    def _lose(self, error):
        self._lost += 1
        self._loop.call_soon(self._call_connection_lost, error)

    def _call_connection_lost(self, error):
        self._protocol.connection_lost(error)
        peer = self._peer
        if peer is not None and not peer._lost and not self._eof:
            self._send(None)
        if self._server is not None:
            self._server._detach(self)
            self._server = None

    def get_extra_info(self, name, default=None):
        return self._extra.get(name, default)

    def get_protocol(self):
        return self._protocol

    def set_protocol(self, protocol):
        self._protocol = protocol


def _incomplete(partial, expected):
    wanted = 'undefined' if expected is None else repr(expected)
    error = asyncio.IncompleteReadError(
        f'{len(partial)} bytes read on a total of {wanted} expected bytes')
    error.partial, error.expected = partial, expected
    return error


def _overrun(message, consumed):
    error = asyncio.LimitOverrunError(message)
    error.consumed = consumed
    return error


def _set_unless_done(future):
    if not future.done():
        future.set_result(None)


class _Protocol:
    """What stands between a transport and a stream."""

    def __init__(self, reader, connected=None, loop=None):
        self._loop = loop
        self._reader = reader
        self._connected = connected
        self._paused = False
        self._drain_waiters = collections.deque()
        self._connection_lost = False
        self._closed = loop.create_future()
        self._task = None

    def connection_made(self, transport):
        self._reader.set_transport(transport)
        if self._connected is None:
            return
        writer = StreamWriter(transport, self, self._reader, self._loop)
        try:
            result = self._connected(self._reader, writer)
        except Exception as error:
            self._complain(error, transport)
            return
        if asyncio.iscoroutine(result):
            def ended(task):
                if task.cancelled():
                    transport.close()
                elif task.exception() is not None:
                    self._complain(task.exception(), transport)
            self._task = self._loop.create_task(result)
            self._task.add_done_callback(ended)

    def _complain(self, error, transport):
        self._loop.call_exception_handler({
            'message': 'Unhandled exception in client_connected_cb',
            'exception': error, 'transport': transport})
        transport.close()

    def pause_writing(self):
        self._paused = True

    def resume_writing(self):
        self._paused = False
        for waiter in self._drain_waiters:
            if not waiter.done():
                waiter.set_result(None)

    def connection_lost(self, error):
        if self._reader is not None:
            if error is None:
                self._reader.feed_eof()
            else:
                self._reader.set_exception(error)
        if not self._closed.done():
            if error is None:
                self._closed.set_result(None)
            else:
                self._closed.set_exception(error)
                # Nobody has to ask for it.
                self._closed.exception()
        self._connection_lost = True
        if self._paused:
            for waiter in self._drain_waiters:
                if not waiter.done():
                    if error is None:
                        waiter.set_result(None)
                    else:
                        waiter.set_exception(error)
        self._task = None

    async def _drain_helper(self):
        if self._connection_lost:
            raise ConnectionResetError('Connection lost')
        if not self._paused:
            return
        waiter = self._loop.create_future()
        self._drain_waiters.append(waiter)
        try:
            await waiter
        finally:
            self._drain_waiters.remove(waiter)

    def data_received(self, data):
        self._reader.feed_data(data)

    def eof_received(self):
        self._reader.feed_eof()
        return True


class StreamWriter:
    def __init__(self, transport, protocol, reader, loop):
        self._transport = transport
        self._protocol = protocol
        self._reader = reader
        self._loop = loop

    @property
    def transport(self):
        return self._transport

    def write(self, data):
        self._transport.write(data)

    def writelines(self, data):
        self._transport.writelines(data)

    def write_eof(self):
        return self._transport.write_eof()

    def can_write_eof(self):
        return self._transport.can_write_eof()

    def close(self):
        return self._transport.close()

    def is_closing(self):
        return self._transport.is_closing()

    async def wait_closed(self):
        await self._protocol._closed

    def get_extra_info(self, name, default=None):
        return self._transport.get_extra_info(name, default)

    async def start_tls(self, *args, **options):
        raise NotImplementedError('a simulated connection is not encrypted')

    async def drain(self):
        if self._reader is not None:
            error = self._reader.exception()
            if error is not None:
                raise error
        if self._transport.is_closing():
            await asyncio.sleep(0)
        await self._protocol._drain_helper()


class StreamReader:
    def __init__(self, limit=_DEFAULT_LIMIT, loop=None):
        if limit <= 0:
            raise ValueError('Limit cannot be <= 0')
        self._limit = limit
        self._loop = asyncio.get_event_loop() if loop is None else loop
        self._buffer = b''
        self._eof = False
        self._waiter = None
        self._exception = None
        self._transport = None
        self._paused = False

    def exception(self):
        return self._exception

    def set_exception(self, error):
        self._exception = error
        waiter = self._waiter
        if waiter is not None:
            self._waiter = None
            if not waiter.cancelled():
                waiter.set_exception(error)

    def _wakeup_waiter(self):
        waiter = self._waiter
        if waiter is not None:
            self._waiter = None
            if not waiter.cancelled():
                waiter.set_result(None)

    def set_transport(self, transport):
        self._transport = transport

    def _maybe_resume_transport(self):
        if self._paused and len(self._buffer) <= self._limit:
            self._paused = False
            self._transport.resume_reading()

    def feed_eof(self):
        self._eof = True
        self._wakeup_waiter()

    def at_eof(self):
        return self._eof and not self._buffer

    def feed_data(self, data):
        if not data:
            return
        self._buffer += bytes(data)
        self._wakeup_waiter()
        if (self._transport is not None and not self._paused
                and len(self._buffer) > 2 * self._limit):
            self._transport.pause_reading()
            self._paused = True

    async def _wait_for_data(self, name):
        if self._waiter is not None:
            raise RuntimeError(f'{name}() called while another coroutine is '
                               f'already waiting for incoming data')
        if self._paused:
            self._paused = False
            self._transport.resume_reading()
        self._waiter = self._loop.create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    def _take(self, n):
        data = self._buffer[:n]
        self._buffer = self._buffer[n:]
        return data

    async def readline(self):
        try:
            line = await self.readuntil(b'\n')
        except asyncio.IncompleteReadError as error:
            return error.partial
        except asyncio.LimitOverrunError as error:
            if self._buffer[error.consumed:].startswith(b'\n'):
                self._take(error.consumed + 1)
            else:
                self._buffer = b''
            self._maybe_resume_transport()
            raise ValueError(error.args[0])
        return line

    async def readuntil(self, separator=b'\n'):
        several = (tuple(sorted(separator, key=len)) if isinstance(separator, tuple)
                   else (separator,))
        if not several:
            raise ValueError('Separator should contain at least one element')
        shortest, longest = len(several[0]), len(several[-1])
        if shortest == 0:
            raise ValueError('Separator should be at least one-byte string')
        if self._exception is not None:
            raise self._exception
        offset = 0
        while True:
            length = len(self._buffer)
            if length - offset >= shortest:
                start = end = None
                for one in several:
                    found = self._buffer[offset:].find(one)
                    found = found if found < 0 else found + offset
                    if found != -1 and (end is None or found + len(one) < end):
                        end, start = found + len(one), found
                if end is not None:
                    break
                offset = max(0, length + 1 - longest)
                if offset > self._limit:
                    raise _overrun(
                        'Separator is not found, and chunk exceed the limit', offset)
            if self._eof:
                chunk = self._buffer
                self._buffer = b''
                raise _incomplete(chunk, None)
            await self._wait_for_data('readuntil')
        if start > self._limit:
            raise _overrun(
                'Separator is found, but chunk is longer than limit', start)
        chunk = self._take(end)
        self._maybe_resume_transport()
        return chunk

    async def read(self, n=-1):
        if self._exception is not None:
            raise self._exception
        if n == 0:
            return b''
        if n < 0:
            blocks = []
            while True:
                block = await self.read(self._limit)
                if not block:
                    break
                blocks.append(block)
            return b''.join(blocks)
        if not self._buffer and not self._eof:
            await self._wait_for_data('read')
        data = self._take(n)
        self._maybe_resume_transport()
        return data

    async def readexactly(self, n):
        if n < 0:
            raise ValueError('readexactly size can not be less than zero')
        if self._exception is not None:
            raise self._exception
        if n == 0:
            return b''
        while len(self._buffer) < n:
            if self._eof:
                incomplete = self._buffer
                self._buffer = b''
                raise _incomplete(incomplete, n)
            await self._wait_for_data('readexactly')
        data = self._take(n)
        self._maybe_resume_transport()
        return data

    def __aiter__(self):
        return self

    async def __anext__(self):
        line = await self.readline()
        if line == b'':
            raise StopAsyncIteration
        return line


class _Socket:
    """What `server.sockets` has: where it listens."""

    def __init__(self, host, port):
        self._name = (_address(host) if host not in _EVERYWHERE else '0.0.0.0', port)

    def getsockname(self):
        return self._name


class Server:
    def __init__(self, loop, connected, hosts, port, limit):
        self._loop = loop
        self._connected = connected
        self._hosts = hosts
        self._port = port
        self._limit = limit
        self._sockets = [_Socket(host, port) for host in hosts]
        self._clients = []
        self._waiters = []
        self._serving = False
        self._forever = None

    def __repr__(self):
        return f'<Server sockets={self.sockets!r}>'

    @property
    def sockets(self):
        return () if self._sockets is None else tuple(self._sockets)

    def _attach(self, transport):
        self._clients.append(transport)

    def _detach(self, transport):
        self._clients.remove(transport)
        if not self._clients and self._sockets is None:
            self._wakeup()

    def _wakeup(self):
        waiters = self._waiters
        if waiters is None:
            return
        self._waiters = None
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    def _start_serving(self):
        if not self._serving:
            self._serving = True
            _servers.append(self)

    def get_loop(self):
        return self._loop

    def is_serving(self):
        return self._serving

    def close(self):
        if self._sockets is None:
            return
        self._sockets = None
        if self._serving:
            self._serving = False
            _servers.remove(self)
        if self._forever is not None and not self._forever.done():
            self._forever.cancel()
            self._forever = None
        if not self._clients:
            self._wakeup()

    def close_clients(self):
        for transport in list(self._clients):
            transport.close()

    def abort_clients(self):
        for transport in list(self._clients):
            transport.abort()

    async def start_serving(self):
        self._start_serving()
        await asyncio.sleep(0)

    async def serve_forever(self):
        if self._forever is not None:
            raise RuntimeError(f'server {self!r} is already being awaited on serve_forever()')
        if self._sockets is None:
            raise RuntimeError(f'server {self!r} is closed')
        self._start_serving()
        self._forever = self._loop.create_future()
        try:
            await self._forever
        except asyncio.CancelledError:
            try:
                self.close()
                await self.wait_closed()
            finally:
                raise
        finally:
            self._forever = None

    async def wait_closed(self):
        if self._waiters is None or self._sockets is None and sys.version_info < (3, 12):
            return
        waiter = self._loop.create_future()
        self._waiters.append(waiter)
        await waiter

    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        self.close()
        await self.wait_closed()

    # ------------------------------------------------------------------ connections
    def _accept(self, client):
        """A connection has come: a task makes a transport of it."""
        self._loop.create_task(self._accept_one(client))

    async def _accept_one(self, client):
        reader = StreamReader(self._limit, self._loop)
        protocol = _Protocol(reader, self._connected, self._loop)
        extra = {'sockname': client._extra['peername'], 'peername': client._extra['sockname'],
                 'socket': None}
        transport = _Transport(self._loop, protocol, extra, self)
        transport._peer, client._peer = client, transport
        # What the client has sent before there was anybody to get it.
        for piece in client._early:
            transport._arrived.append(piece)
        waiter = self._loop.create_future()
        transport._start(waiter)
        await waiter


class _Early:
    """The server's end of a connection before it is accepted: the system keeps what arrives."""

    def __init__(self, client):
        self._client = client
        self._lost = 0
        self._coming = collections.deque()

    def _arrive(self, piece):
        self._coming.popleft()
        accepted = self._client._peer
        if accepted is self:
            self._client._early.append(piece)
        else:
            accepted._take_in(piece)


async def open_connection(host=None, port=None, *, limit=_DEFAULT_LIMIT, **options):
    loop = asyncio.get_running_loop()
    reader = StreamReader(limit, loop)
    protocol = _Protocol(reader, None, loop)
    await _resolve(loop, host)
    latency, _ = _loopsim.network()
    connected = loop.create_future()
    local = ('127.0.0.1', _port())
    extra = {'peername': (_address(host), port), 'sockname': local, 'socket': None}
    transport = _Transport(loop, protocol, extra)
    transport._early = []
    transport._peer = _Early(transport)

    def connect():
        server = _find_server(host, port)
        if server is None:
            if not connected.done():
                connected.set_exception(ConnectionRefusedError(
                    111, f'Connect call failed {(_address(host), port)!r}'))
            return
        server._accept(transport)
        if latency:
            loop.call_later(latency, _set_unless_done, connected)
        else:
            _set_unless_done(connected)

    loop.call_later(latency, connect)
    await connected
    waiter = loop.create_future()
    transport._start(waiter)
    await waiter
    return reader, StreamWriter(transport, protocol, reader, loop)


async def start_server(client_connected_cb, host=None, port=None, *, limit=_DEFAULT_LIMIT,
                       start_serving=True, **options):
    loop = asyncio.get_running_loop()
    hosts = [host or None] if host is None or isinstance(host, str) else list(host)
    await asyncio.gather(*[_resolve(loop, one) for one in hosts])
    port = port or _port()
    for one in hosts:
        taken = _find_server(one, port)
        if taken is not None:
            raise OSError(98, f'error while attempting to bind on address '
                              f'{(_address(one), port)!r}: address already in use')
    server = Server(loop, client_connected_cb, hosts, port, limit)
    if start_serving:
        server._start_serving()
        await asyncio.sleep(0)
    return server
