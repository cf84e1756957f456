import asyncio
import contextvars

user = contextvars.ContextVar('user', default='nobody')


async def show(label):
    await asyncio.sleep(0)
    print(label, user.get())


async def log_in(name):
    token = user.set(name)
    await asyncio.gather(show('first'), show('second'))
    child = asyncio.create_task(show('child'))
    user.set('other')
    await child
    user.reset(token)
    await show('after')


async def main():
    await asyncio.gather(log_in('ann'), log_in('bob'))
    loop = asyncio.get_running_loop()
    context = contextvars.copy_context()
    context.run(user.set, 'given')
    loop.call_soon(lambda: print('soon', user.get()), context=context)
    loop.call_later(0.01, lambda: print('later', user.get()))
    await asyncio.create_task(show('in context'), context=context)
    future = loop.create_future()
    future.add_done_callback(lambda f: print('callback', user.get()), context=context)
    future.set_result(None)
    print(await asyncio.to_thread(user.get), context[user], user in contextvars.Context())
    await asyncio.sleep(0.02)


with asyncio.Runner() as runner:
    runner.run(main())
    context = contextvars.copy_context()
    context.run(user.set, 'runner')
    runner.run(show('run'), context=context)
    print(runner.get_loop().is_running(), user.get())
try:
    runner.run(show('closed'))
except RuntimeError as error:
    print(error)
