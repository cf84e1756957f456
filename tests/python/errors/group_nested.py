def make(e):
    try:
        raise e
    except Exception as x:
        return x

inner = ExceptionGroup("inner", [make(KeyError("k")), make(IndexError("i"))])
inner.add_note("a note\non two lines")
try:
    raise inner
except* KeyError as g:
    raise RuntimeError("while handling")
