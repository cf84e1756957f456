class LRU:
    def __init__(self, size): self.size, self.data, self.hits, self.misses = size, {}, 0, 0
    def get(self, k, compute):
        if k in self.data:
            self.hits += 1
            self.data[k] = self.data.pop(k)
        else:
            self.misses += 1
            self.data[k] = compute(k)
            if len(self.data) > self.size: del self.data[next(iter(self.data))]
        return self.data[k]
    def __contains__(self, k): return k in self.data
    def __repr__(self): return f"LRU({list(self.data)}, hits={self.hits}, misses={self.misses})"
c = LRU(2)
print([c.get(k, lambda k: k * k) for k in (1, 2, 1, 3, 2, 1)], c, 3 in c, 1 in c)
def cached(size):
    def wrap(f):
        store = LRU(size)
        def inner(*a): return store.get(a, lambda a: f(*a))
        inner.cache = store
        return inner
    return wrap
@cached(3)
def slow(x, y=1): print("computing", x, y); return x + y
print(slow(1), slow(1), slow(1, 2), slow(3), slow(4), slow(1), slow.cache)
