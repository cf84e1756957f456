from concurrent.futures import ProcessPoolExecutor

counter = 0
items = []


def bump():
    global counter
    counter += 1
    items.append(counter)
    return counter, items


class Box:
    def __init__(self, value):
        self.value = value

    def __repr__(self):
        return f"Box({self.value})"


def change(box):
    box.value += 1
    return box


if __name__ == "__main__":
    with ProcessPoolExecutor(1) as pool:
        print([pool.submit(bump).result() for _ in range(3)])
        print(counter, items)
        box = Box(1)
        other = pool.submit(change, box).result()
        print(box, other, box is other)
        print(list(pool.map(abs, [-1, -2, 3], chunksize=2)))
