try:
    raise ValueError(1)
except ValueError as e:
    e.__context__ = e
    try:
        raise KeyError(2)
    except KeyError as k:
        print(repr(k.__context__))
    print("ok")
a, b = ValueError("a"), ValueError("b")
a.__context__, b.__context__ = b, a
try:
    raise a
except ValueError:
    try:
        raise TypeError("t")
    except TypeError as t:
        print(repr(t.__context__), repr(t.__context__.__context__), repr(b.__context__))
a, b = ValueError("a"), ValueError("b")
a.__context__ = b
try:
    raise a
except ValueError:
    try:
        raise b
    except ValueError as t:
        print(repr(t.__context__), repr(t.__context__.__context__))
def grow(text, addition):
    kept = text
    text += addition
    text = text + "!"
    text = text + text
    return kept, text


print(grow("ab", "cd"), grow("ab" * 20, "é"))
