class Res:
    def __enter__(self):
        return self
    def __exit__(self, *exc):
        raise RuntimeError("exit failed")

with Res() as r:
    raise ValueError("body failed")
