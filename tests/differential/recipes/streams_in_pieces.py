import asyncio


async def serve(reader, writer):
    try:
        header = await reader.readuntil(b'\r\n')
        length = int(header)
        body = await reader.readexactly(length)
        writer.writelines([b'ok ', body[::-1], b'\n'])
        await writer.drain()
        rest = await reader.read()
        print('rest', rest, reader.at_eof())
    except asyncio.IncompleteReadError as error:
        print('incomplete', error.partial, error.expected)
    except asyncio.LimitOverrunError as error:
        print('overrun', error.consumed)
    except ValueError as error:
        print('refused', str(error)[:30])
    finally:
        writer.close()


async def ask(port, *pieces, eof=True):
    reader, writer = await asyncio.open_connection('127.0.0.1', port)
    for piece in pieces:
        writer.write(piece)
        await asyncio.sleep(0.01)
    if eof and writer.can_write_eof():
        writer.write_eof()
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return answer


async def main():
    server = await asyncio.start_server(serve, '127.0.0.1', 0, limit=64)
    async with server:
        port = server.sockets[0].getsockname()[1]
        print(await ask(port, b'5\r\n', b'hel', b'lo', b'more'))
        print(await ask(port, b'9\r', b'\nshort'))
        print(await ask(port, b'x' * 100, eof=False))
        print(await ask(port, b'nonsense\r\n'))
        reader, writer = await asyncio.open_connection('127.0.0.1', port)
        waiting = asyncio.create_task(reader.readline())
        await asyncio.sleep(0.01)
        try:
            await reader.read(1)
        except RuntimeError as error:
            print(error)
        waiting.cancel()
        print(await asyncio.gather(waiting, return_exceptions=True))
        writer.close()
        print(writer.is_closing())
        await writer.wait_closed()
        await asyncio.sleep(0.01)
    print(server.is_serving())


async def by_hand():
    reader = asyncio.StreamReader(limit=8)
    reader.feed_data(b'one\ntwo\n')
    print(await reader.readline(), reader.at_eof())
    reader.feed_eof()
    print([line async for line in reader], reader.at_eof())
    failing = asyncio.StreamReader()
    failing.set_exception(ConnectionResetError('gone'))
    try:
        await failing.read()
    except ConnectionResetError as error:
        print(error, failing.exception() is error)


asyncio.run(main())
asyncio.run(by_hand())
