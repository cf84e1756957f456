a = []
if a or a[0] and True:
    pass
