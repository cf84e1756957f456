import asyncio


def handler(loop, context):
    error = context.get('exception')
    print('handler:', context['message'].split(' <')[0].split(' at ')[0], repr(error))
    print(sorted(key for key in context if key not in ('source_traceback',)))


def callback():
    raise ZeroDivisionError('in a callback')


async def forgotten():
    raise KeyError('forgotten')


async def main():
    loop = asyncio.get_running_loop()
    print(loop.get_exception_handler())
    loop.set_exception_handler(handler)
    loop.call_soon(callback)
    await asyncio.sleep(0.01)
    task = asyncio.create_task(forgotten())
    await asyncio.sleep(0.01)
    del task
    await asyncio.sleep(0.01)
    future = loop.create_future()
    future.set_exception(OSError('nobody asked'))
    del future
    await asyncio.sleep(0.01)
    future = loop.create_future()
    future.add_done_callback(lambda future: 1 / 0)
    future.set_result(1)
    await asyncio.sleep(0.01)
    loop.call_exception_handler({'message': 'by hand', 'extra': 5})
    loop.set_exception_handler(lambda loop, context: 1 / 0)
    loop.call_soon(callback)
    await asyncio.sleep(0.01)
    loop.set_exception_handler(None)
    print(loop.get_exception_handler())


asyncio.run(main())
