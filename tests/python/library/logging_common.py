import io
import logging
import sys

logging.basicConfig(stream=sys.stdout, level=logging.INFO, format="%(levelname)s:%(name)s:%(message)s")
logging.debug("hidden")
logging.info("hello %s, %d items", "world", 3)
logging.warning("careful")
log = logging.getLogger("app.worker")
log.error("bad %r", {"a": 1})
log.setLevel(logging.DEBUG)
log.debug("now shown %(x)s", {"x": 5})
print(log, logging.getLogger(), log.parent, logging.getLevelName(30), logging.getLevelName("ERROR"), log.isEnabledFor(10))
try:
    1 / 0
except ZeroDivisionError:
    log.error("with error", exc_info=False)
    log.info("still %s", "going")
stream = io.StringIO()
handler = logging.StreamHandler(stream)
handler.setFormatter(logging.Formatter("[%(levelname)-8s] %(name)s %(funcName)s: %(message)s"))
other = logging.getLogger("other")
other.addHandler(handler)
other.propagate = False


def work():
    other.warning("inside")
    other.critical("boom")


work()
print(stream.getvalue())
logging.basicConfig(force=True, stream=sys.stdout, format="{levelname}|{message}", style="{", level="DEBUG")
logging.debug("braces")


class Only(logging.Filter):
    def filter(self, record):
        return "keep" in record.getMessage()


filtered = logging.getLogger("filtered")
filtered.addFilter(Only())
filtered.info("keep this")
filtered.info("drop this")
adapter = logging.LoggerAdapter(log, {"id": 1})
adapter.info("adapted")
logging.getLogger("app").disabled = True
logging.getLogger("app").info("not shown")
logging.disable(logging.INFO)
logging.info("disabled")
logging.error("enabled")
logging.disable(logging.NOTSET)
print(logging.getLogger("app.worker") is log, log.hasHandlers(), log.getEffectiveLevel(), log.getChild("x").name)


class ListHandler(logging.Handler):
    def __init__(self):
        super().__init__()
        self.records = []

    def emit(self, record):
        self.records.append((record.levelname, record.getMessage(), record.name, record.lineno > 0))


collected = ListHandler()
custom = logging.getLogger("custom")
custom.addHandler(collected)
custom.propagate = False
custom.warning("w %s", 1)
custom.log(35, "odd level")
print(collected.records)
try:
    logging.getLogger("x").setLevel("NOPE")
except ValueError as error:
    print(error)
logging.addLevelName(25, "NOTICE")
logging.log(25, "noticed")
