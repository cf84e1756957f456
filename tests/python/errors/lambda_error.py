handlers = {"div": lambda a, b: a / b, "mod": lambda a, b: a % b}
print(handlers["div"](6, 3))
print(handlers["mod"](6, 0))
