import asyncio
import contextvars
from contextvars import ContextVar, copy_context

request_id: ContextVar[str] = ContextVar("request_id", default="none")
user = ContextVar("user")


async def step(name):
    print(name, request_id.get(), user.get("nobody"))
    await asyncio.sleep(0)
    request_id.set(f"changed by {name}")
    await asyncio.sleep(0)
    print(name, request_id.get())


async def handler(i):
    request_id.set(f"req-{i}")
    await asyncio.sleep(0.01 * (3 - i))
    print("handling", i, request_id.get())
    await nested()
    print("after nested", i, request_id.get())


async def nested():
    token = request_id.set(request_id.get() + "/nested")
    await asyncio.sleep(0)
    print("in nested", request_id.get())
    request_id.reset(token)


async def main():
    user.set("ann")
    await asyncio.gather(*(handler(i) for i in range(3)))
    print("main sees", request_id.get())
    await asyncio.gather(step("a"), step("b"))
    task = asyncio.create_task(step("c"))
    request_id.set("set after create_task")
    await task
    print("main", request_id.get(), user.get())


asyncio.run(main())
print(request_id.get())
try:
    user.get()
except LookupError as error:
    print(type(error).__name__)
token = user.set("bob")
print(token.old_value is contextvars.Token.MISSING if hasattr(contextvars.Token, "MISSING") else True, token.var is user, user.name)
context = copy_context()
print(context[user], user in context, len(context), context.get(request_id))


def change():
    user.set("inside")
    return user.get()


print(context.run(change), user.get(), context[user])
user.reset(token)
print(user.get("unset again"))
try:
    user.reset(token)
except RuntimeError as error:
    print("RuntimeError", "has already been used once" in str(error))
