data = [3, "a", None]
print(sorted(data))
