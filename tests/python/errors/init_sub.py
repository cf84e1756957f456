class Base:
    def __init_subclass__(cls, **kw):
        if not hasattr(cls, "name"):
            raise TypeError(f"{cls.__name__} needs a name")
class Good(Base):
    name = "g"
class Bad(Base):
    other = 1
