x = {"a": 1}
del x["b"]
