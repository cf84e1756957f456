def deco(cls):
    raise TypeError("bad class " + cls.__name__)

@deco
class A:
    x = 1
    y = 2
