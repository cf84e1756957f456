class Q:
    def filter(self, x):
        return self
    def fail(self, *a):
        raise ValueError("bad query")

def build():
    return (Q()
            .filter(1)
            .fail(
                1,
                2,
            )
            .filter(2))
build()
