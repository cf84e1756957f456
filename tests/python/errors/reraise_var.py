def inner():
    raise KeyError("k")
saved = None
try:
    inner()
except KeyError as e:
    saved = e
raise saved
