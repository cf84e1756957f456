import asyncio


class Chat:
    def __init__(self):
        self.writers = {}

    async def serve(self, reader, writer):
        name = (await reader.readline()).decode().strip()
        self.writers[name] = writer
        print(f'{name} joined')
        try:
            while line := await reader.readline():
                await self.say(name, line.decode().strip())
        finally:
            del self.writers[name]
            print(f'{name} left')
            writer.close()
            await writer.wait_closed()

    async def say(self, name, text):
        for other, writer in list(self.writers.items()):
            if other != name:
                writer.write(f'{name}: {text}\n'.encode())
                await writer.drain()


async def client(port, name, lines, delay):
    reader, writer = await asyncio.open_connection('127.0.0.1', port)
    writer.write(f'{name}\n'.encode())
    heard = []

    async def listen():
        while line := await reader.readline():
            heard.append(line.decode().strip())

    listening = asyncio.create_task(listen())
    for line in lines:
        await asyncio.sleep(delay)
        writer.write(f'{line}\n'.encode())
        await writer.drain()
    await asyncio.sleep(0.5)
    writer.write_eof()
    await listening
    writer.close()
    await writer.wait_closed()
    return name, heard


async def main():
    chat = Chat()
    server = await asyncio.start_server(chat.serve, '127.0.0.1', 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        results = await asyncio.gather(
            client(port, 'ann', ['hello', 'all'], 0.1), client(port, 'bob', ['hi'], 0.15),
            client(port, 'cy', [], 0.2))
        for name, heard in results:
            print(name, heard)
    print(server.is_serving(), chat.writers)


asyncio.run(main())
