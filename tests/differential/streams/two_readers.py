"""Misuse: two that read one stream, writing after the end, writing what is no bytes."""
import asyncio


async def serve(reader, writer):
    await reader.read()
    print('server saw the end')
    writer.close()


async def main():
    server = await asyncio.start_server(serve, '127.0.0.1', 0)
    port = server.sockets[0].getsockname()[1]
    reader, writer = await asyncio.open_connection('127.0.0.1', port)
    first = asyncio.create_task(reader.read(1))
    await asyncio.sleep(0)
    try:
        await reader.readline()
    except RuntimeError as error:
        print(error)
    try:
        writer.write('text')
    except TypeError as error:
        print(error)
    writer.write_eof()
    try:
        writer.write(b'more')
    except RuntimeError as error:
        print(error)
    print(await first, reader.at_eof(), writer.can_write_eof())
    writer.close()
    server.close()
    await server.wait_closed()
    print('closed', writer.get_extra_info('nothing', 'no such thing'))


asyncio.run(main())
