import logging
logging.basicConfig(level=logging.INFO, format="%(levelname)s:%(name)s:%(message)s")
def f():
    try:
        1 / 0
    except ZeroDivisionError:
        logging.exception("failed with %s", "x")
f()
logging.getLogger("app").info("ok")
raise SystemExit(2)
