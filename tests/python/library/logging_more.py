import logging, sys, io
log = logging.getLogger("app.db")
h = logging.StreamHandler(sys.stdout)
h.setFormatter(logging.Formatter("%(levelname)-8s|%(name)s|%(funcName)s|%(lineno)d|%(message)s"))
root = logging.getLogger("app"); root.addHandler(h); root.setLevel(logging.INFO); root.propagate = False
def work():
    log.debug("hidden"); log.info("hello %s %d", "x", 5); log.warning("careful %(k)s", {"k": 1})
    try: 1 / 0
    except ZeroDivisionError: log.error("no trace %r", 5); log.critical("last")
work()
print(log.isEnabledFor(logging.DEBUG), log.getEffectiveLevel(), logging.getLevelName(30), log.parent.name, log.hasHandlers(), logging.INFO, log.level, repr(log))
class F(logging.Filter):
    def filter(self, r): return "secret" not in r.getMessage()
h.addFilter(F()); log.info("a secret"); log.info("public")
class ListH(logging.Handler):
    def __init__(self): super().__init__(); self.out = []
    def emit(self, r): self.out.append((r.levelname, r.getMessage(), r.name))
lh = ListH(); lh.setLevel(logging.ERROR); root.addHandler(lh); log.error("e1"); log.info("i1"); print(lh.out)
h.setFormatter(logging.Formatter("{levelname}:{message}", style="{")); log.info("braces"); h.setFormatter(logging.Formatter("$levelname $message", style="$")); log.info("dollar")
la = logging.LoggerAdapter(log, {"ip": "1.2.3.4"}); h.setFormatter(logging.Formatter("%(ip)s %(message)s")); la.info("adapted"); log.info("extra", extra={"ip": "z"})
s = io.StringIO(); hs = logging.StreamHandler(s); hs.setFormatter(logging.Formatter("%(asctime)s %(message)s", datefmt="%H:%M")); hs.setLevel("WARNING")
other = logging.getLogger("other"); other.addHandler(hs); other.propagate = False; other.warning("w"); print(s.getvalue()[5:])
root.removeHandler(lh); log.setLevel("ERROR"); log.info("no"); log.log(logging.ERROR, "yes %s", [1], extra={"ip": 0}); logging.disable(logging.CRITICAL); log.error("off"); logging.disable(logging.NOTSET)
logging.addLevelName(25, "NOTICE"); h.setFormatter(logging.Formatter("%(levelname)s %(levelno)d %(message)s")); log.setLevel(0); log.log(25, "custom")
logging.basicConfig(stream=sys.stdout, level=logging.DEBUG, format="%(levelname)s:%(name)s:%(message)s"); logging.info("root info"); logging.getLogger().warning("root warn"); logging.getLogger("x.y").debug("xy")
