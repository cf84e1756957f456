class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def plus(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    @property
    def size(self):
        return self.x * self.x + self.y * self.y


class Counter:
    step = 1

    def __init__(self):
        self.value = 0
        self.log = []

    def tick(self):
        self.value += self.step
        if self.value % 1000 == 0:
            self.log.append(self.value)


class Fast(Counter):
    step = 2

    def tick(self):
        super().tick()


def work(n):
    v = Vector(0, 0)
    d = Vector(1, 2)
    for i in range(n):
        v = v.plus(d)
    for i in range(n // 2):
        v = v + d
    total = 0
    for i in range(n // 2):
        total += d.size
    c = Counter()
    for i in range(n):
        c.tick()
    f = Fast()
    for i in range(n // 2):
        f.tick()
    return v.x, v.y, total, c.value, len(c.log), f.value


print(work(200_000))
