while (n := int("z")) > 0:
    pass
