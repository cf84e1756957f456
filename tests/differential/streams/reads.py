"""read, readexactly, readuntil, readline: what is there, what is missing, what is too much."""
import asyncio


async def serve(reader, writer):
    writer.write(b'abcdef;gh\nlast')
    writer.write(b' bit')
    await writer.drain()
    await asyncio.sleep(0.05)
    writer.write(b' and more')
    writer.close()


async def attempt(name, awaitable):
    try:
        print(name, await awaitable)
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError) as error:
        print(name, type(error).__name__, error, getattr(error, 'partial', None))


async def main():
    server = await asyncio.start_server(serve, '127.0.0.1', 0)
    port = server.sockets[0].getsockname()[1]
    reader, writer = await asyncio.open_connection('127.0.0.1', port, limit=8)
    await asyncio.sleep(0.01)
    await attempt('nothing', reader.read(0))
    await attempt('exactly', reader.readexactly(3))
    await attempt('until', reader.readuntil(b';'))
    await attempt('line', reader.readline())
    await attempt('too long', reader.readuntil(b'!'))
    await attempt('negative', reader.readexactly(-1))
    await attempt('some', reader.read(4))
    await attempt('beyond the end', reader.readexactly(100))
    await attempt('at the end', reader.readline())
    await attempt('at the end', reader.readexactly(1))
    print(reader.at_eof())
    writer.close()
    await writer.wait_closed()
    server.close()
    await server.wait_closed()


asyncio.run(main())
