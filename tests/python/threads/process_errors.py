from concurrent.futures import ProcessPoolExecutor
import threading

lock = threading.Lock()


def attempt(label, function):
    try:
        print(label, function())
    except BaseException as error:
        print(label, type(error).__name__, str(error).split(" at 0x")[0])


def identity(x):
    return x


def gives_a_lock():
    return threading.Lock()


def gives_a_lambda():
    return lambda: 1


def fails():
    raise KeyError("gone")


if __name__ == "__main__":
    def local():
        return 1

    class Local:
        pass

    def nested():
        def inner():
            return 1
        return inner

    with ProcessPoolExecutor(1) as pool:
        attempt("lambda", pool.submit(lambda: 1).result)
        attempt("nested", pool.submit(nested()).result)
        attempt("lock", pool.submit(identity, lock).result)
        attempt("lock inside", pool.submit(identity, [1, {"a": lock}]).result)
        attempt("generator", pool.submit(identity, (x for x in [1])).result)
        attempt("result lock", pool.submit(gives_a_lock).result)
        attempt("result lambda", pool.submit(gives_a_lambda).result)
        attempt("fails", pool.submit(fails).result)
        attempt("fine", pool.submit(identity, [1, (2, 3), {"a": {4}}]).result)
        attempt("builtin", pool.submit(len, [1, 2]).result)
