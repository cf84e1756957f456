class Dynamic:
    def __init__(self):
        self.known = 1

    def __getattr__(self, name):
        if name.startswith("get_"):
            return lambda: name[4:]
        raise AttributeError(f"no {name} here")


d = Dynamic()
print(d.known, d.get_value(), hasattr(d, "nope"), getattr(d, "nope", 0))
try:
    d.nope
except AttributeError as e:
    print(e)


class Logged:
    def __setattr__(self, name, value):
        print("set", name, value)
        super().__setattr__(name, value)

    def __delattr__(self, name):
        print("del", name)
        object.__delattr__(self, name)

    def __getattribute__(self, name):
        if name != "__class__":
            print("get", name)
        return super().__getattribute__(name)


l = Logged()
l.x = 1
print(l.x)
del l.x
try:
    l.x
except AttributeError as e:
    print(e)


class Frozen:
    def __init__(self, a):
        object.__setattr__(self, "a", a)

    def __setattr__(self, name, value):
        raise AttributeError(f"cannot assign {name}")


f = Frozen(3)
print(f.a)
try:
    f.a = 4
except AttributeError as e:
    print(e)


class Proxy:
    def __init__(self, target):
        self.__dict__["_target"] = target

    def __getattr__(self, name):
        return getattr(self._target, name)

    def __setattr__(self, name, value):
        setattr(self._target, name, value)


class Target:
    pass


t = Target()
p = Proxy(t)
p.color = "red"
print(t.color, p.color, t.__dict__, p.__dict__ == {"_target": t})


class PropError:
    @property
    def bad(self):
        return self.missing

    def __getattr__(self, name):
        return f"fallback {name}"


print(PropError().bad, PropError().other)


class Attr(dict):
    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None

    def __setattr__(self, name, value):
        self[name] = value


a = Attr(x=1)
a.y = 2
print(a.x, a.y, a, len(a), sorted(a.items()))
try:
    a.zz
except AttributeError as e:
    print(repr(e))


def f(): pass


f.calls = 3
f.calls += 1
print(f.calls, f.__dict__, f.__name__)
f.__name__ = "renamed"
print(f.__name__)
f.__doc__ = "text"
print(f.__doc__)
try:
    f.missing
except AttributeError as e:
    print(e)


class Meth:
    def m(self): pass


try:
    Meth().m.x = 1
except AttributeError as e:
    print(e)
Meth.m.x = 1
print(Meth().m.x)


class DirMe:
    def __init__(self):
        self.b = 1
        self.a = 2

    def method(self):
        pass


print([n for n in dir(DirMe()) if not n.startswith("_")])
print([n for n in dir(DirMe) if not n.startswith("_")])


class WithDir:
    def __dir__(self):
        return ["z", "a"]


print(dir(WithDir()))
