"""A server that sends lines back; two clients take turns with it."""
import asyncio


async def serve(reader, writer):
    print('server: a client came')
    while line := await reader.readline():
        await asyncio.sleep(0.01)
        writer.write(line.upper())
        await writer.drain()
    print('server: end of input', reader.at_eof())
    writer.close()
    await writer.wait_closed()


async def client(name, port):
    reader, writer = await asyncio.open_connection('127.0.0.1', port)
    for word in 'one', 'two':
        writer.write(f'{name} {word}\n'.encode())
        await writer.drain()
        print(name, await reader.readline())
    writer.write_eof()
    print(name, 'rest', await reader.read())
    writer.close()
    await writer.wait_closed()
    print(name, 'done', writer.is_closing())


async def main():
    server = await asyncio.start_server(serve, '127.0.0.1', 0)
    port = server.sockets[0].getsockname()[1]
    print(server.is_serving())
    async with server:
        await asyncio.gather(client('a', port), client('b', port))
        await asyncio.sleep(0.01)
    print(server.is_serving(), server.sockets)
    try:
        await asyncio.open_connection('127.0.0.1', port)
    except ConnectionRefusedError as error:
        print(type(error).__name__, error.errno)


asyncio.run(main())
