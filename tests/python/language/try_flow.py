def f(kind):
    try:
        if kind == "return":
            return "from try"
        if kind == "raise":
            raise ValueError("boom")
        return "end of try"
    except ValueError:
        return "from except"
    finally:
        print("finally", kind)


for kind in ("return", "raise", "none"):
    print(f(kind))


def nested():
    try:
        try:
            raise KeyError("a")
        except KeyError:
            try:
                raise ValueError("b")
            finally:
                print("innermost")
    except ValueError as e:
        return repr(e.__context__)


print(nested())


def loop():
    out = []
    for i in range(5):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            out.append(i)
        finally:
            out.append(-i)
    return out


print(loop())


def while_return():
    while True:
        try:
            return 1
        finally:
            try:
                raise ValueError
            except ValueError:
                print("handled in finally")


print(while_return())


def generator():
    try:
        yield 1
        try:
            yield 2
        finally:
            yield 3
    finally:
        print("gen finally")


print(list(generator()))


def swallow():
    for _ in range(1):
        try:
            raise ValueError("lost")
        finally:
            break
    return "survived"


print(swallow())


def except_else():
    for value in ("1", "x"):
        try:
            n = int(value)
        except ValueError as e:
            print("bad", e)
        else:
            print("good", n)
        finally:
            print("next")


except_else()
try:
    raise ValueError("a") from KeyError("b")
except ValueError as e:
    print(repr(e.__cause__))
e = "kept"
try:
    pass
except ValueError as e:
    pass
print(e)


def deep(n):
    try:
        if n == 0:
            raise RuntimeError("bottom")
        deep(n - 1)
    finally:
        print("unwind", n, end=" ")


try:
    deep(3)
except RuntimeError as error:
    print(error)


class Ctx:
    def __enter__(self):
        print("in")

    def __exit__(self, *a):
        print("out")


def all_exits():
    for i in range(2):
        with Ctx():
            try:
                if i:
                    return i
                continue
            finally:
                print("f", i)


print(all_exits())
try:
    try:
        raise ValueError(1)
    except ValueError:
        raise TypeError(2)
    finally:
        print("cleanup")
except TypeError as t:
    print(t, repr(t.__context__))
try:
    exec_order = []
    exec_order.append(1)
except:
    exec_order.append("never")
print(exec_order)
