class Event:
    def __init__(self): self._subs = []
    def __iadd__(self, f): self._subs.append(f); return self
    def __isub__(self, f): self._subs.remove(f); return self
    def __call__(self, *a, **k): return [f(*a, **k) for f in self._subs]
    def __len__(self): return len(self._subs)
class Button:
    def __init__(self): self.clicked = Event()
class Listener:
    def __init__(self, n): self.n = n
    def handle(self, x, scale=1): return f"{self.n}:{x * scale}"
b, l1, l2 = Button(), Listener("a"), Listener("b")
b.clicked += l1.handle
b.clicked += l2.handle
print(b.clicked(2), b.clicked(2, scale=5), len(b.clicked))
b.clicked -= l1.handle
print(b.clicked(1), len(b.clicked))
try: b.clicked -= l1.handle
except ValueError as e: print(e)
