"""A server that serves for ever is cancelled; so is a reader that waits."""
import asyncio


async def serve(reader, writer):
    try:
        async for line in reader:
            print('server got', line)
    except asyncio.CancelledError:
        print('server cancelled')
        raise
    finally:
        writer.close()


async def main():
    server = await asyncio.start_server(serve, '127.0.0.1', 0)
    port = server.sockets[0].getsockname()[1]
    serving = asyncio.create_task(server.serve_forever())
    reader, writer = await asyncio.open_connection('127.0.0.1', port)
    writer.writelines([b'x\n', b'y\n'])
    await asyncio.sleep(0.01)
    waiting = asyncio.create_task(reader.read(1))
    await asyncio.sleep(0.01)
    waiting.cancel()
    try:
        await waiting
    except asyncio.CancelledError:
        print('reader cancelled')
    try:
        async with asyncio.timeout(0.02):
            await reader.read(1)
    except TimeoutError:
        print('timeout')
    writer.close()
    await writer.wait_closed()
    serving.cancel()
    try:
        await serving
    except asyncio.CancelledError:
        print('serving cancelled', server.is_serving())
    try:
        writer.write(b'too late')
        await writer.drain()
    except ConnectionResetError as error:
        print(error)


asyncio.run(main())
