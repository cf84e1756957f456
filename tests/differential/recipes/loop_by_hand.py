import asyncio


def show(label):
    print(label)


async def job(name, delay):
    await asyncio.sleep(delay)
    print(name)
    return name


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
print(loop.run_until_complete(job('one', 0.1)))
loop.call_later(0.2, loop.stop)
task = loop.create_task(job('two', 0.3))
loop.call_soon(show, 'soon')
loop.run_forever()
print(task.done(), loop.is_running(), loop.is_closed())
print(loop.run_until_complete(asyncio.gather(task, job('three', 0.05), return_exceptions=True))
      if False else loop.run_until_complete(task))
loop.stop()
loop.call_soon(show, 'in the one turn')
loop.run_forever()
future = loop.create_future()
loop.call_soon(loop.stop)
try:
    loop.run_until_complete(future)
except RuntimeError as error:
    print(error)
coroutine = job('late', 0)
loop.run_until_complete(loop.shutdown_asyncgens())
loop.run_until_complete(loop.shutdown_default_executor())
loop.close()
print(loop.is_closed())
for wrong in (lambda: loop.run_until_complete(coroutine), lambda: loop.call_soon(print),
              lambda: loop.run_forever()):
    try:
        wrong()
    except RuntimeError as error:
        print(error)
coroutine.close()


async def inside():
    inner = job('inner', 0)
    try:
        asyncio.run(inner)
    except RuntimeError as error:
        print(error)
    inner.close()
    other = asyncio.new_event_loop()
    try:
        other.run_forever()
    except RuntimeError as error:
        print(error)
    other.close()


asyncio.run(inside())
