"""Logging from several tasks, with exceptions."""
import asyncio
import io
import logging

stream = io.StringIO()
handler = logging.StreamHandler(stream)
handler.setFormatter(logging.Formatter("%(levelname)s [%(taskName)s] %(message)s"))
log = logging.getLogger("app")
log.addHandler(handler)
log.setLevel(logging.DEBUG)
log.propagate = False


async def work(n):
    log.info("start %d", n)
    await asyncio.sleep(0.03 * n)
    if n == 2:
        raise ValueError("two is bad")
    log.debug("done %d", n)
    return n


async def main():
    tasks = [asyncio.create_task(work(n), name=f"job-{n}") for n in (1, 2, 3)]
    for task in tasks:
        try:
            log.info("result %s", await task)
        except ValueError:
            log.exception("failed")
            log.error("again", exc_info=True, extra={"code": 5})
    return [t.get_name() for t in tasks]


print(asyncio.run(main()))
text = stream.getvalue()
print(text.count("Traceback (most recent call last):"), text.count("ValueError: two is bad"))
print("\n".join(line for line in text.splitlines() if line[:5] in ("INFO ", "DEBUG", "ERROR")))
