class E:
    def __eq__(self, other):
        raise RuntimeError("no eq")
print(E() in [1, E()])
