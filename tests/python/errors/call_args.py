def greet(name, greeting="Hello", *, punctuation):
    return f"{greeting}, {name}{punctuation}"
print(greet("Bob", punctuation="!"))
print(greet("Bob", "Hi"))
