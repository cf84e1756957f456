import gc
import weakref


class Thing:
    def __init__(self, name):
        self.name = name

    def hello(self):
        return f"hello {self.name}"


def main():
    a = Thing("a")
    r = weakref.ref(a)
    print(r() is a, r().name)
    cache = weakref.WeakValueDictionary()
    cache["a"] = a
    b = Thing("b")
    cache["b"] = b
    tasks = weakref.WeakSet([a, b])
    keys = weakref.WeakKeyDictionary({a: 1})
    print(sorted(cache), len(tasks), a in tasks, keys[a], cache["a"].name)
    del a
    gc.collect()
    print(r(), sorted(cache), len(tasks), len(keys), [t.name for t in tasks])
    m = weakref.WeakMethod(b.hello)
    print(m()())
    try:
        weakref.ref(5)
    except TypeError as error:
        print(error)
    print(weakref.ref(b) == weakref.ref(b), hash(weakref.ref(b)) == hash(b))


main()
