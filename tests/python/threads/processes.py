import threading
from concurrent.futures import ProcessPoolExecutor

counter = 0


def bump(n):
    global counter
    counter += n
    return counter


def changes(items):
    items.append("changed")
    return items


def main():
    items = ["mine"]
    with ProcessPoolExecutor(max_workers=1) as pool:
        print([pool.submit(bump, n).result() for n in (1, 2, 3)], counter)
        print(pool.submit(changes, items).result(), items)
        for unsendable in (threading.Lock(), (n for n in ())):
            try:
                pool.submit(bump, unsendable).result()
            except TypeError as error:
                print("TypeError:", error)
        try:
            pool.submit(bump, "x").result()
        except TypeError as error:
            print("TypeError:", error)


if __name__ == "__main__":
    main()
