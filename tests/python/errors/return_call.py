def g(a):
    raise ValueError(a)
class K:
    def m(self):
        return g(1)
    def n(self):
        return self.m()
def h():
    x = K().n()
    return x
h()
