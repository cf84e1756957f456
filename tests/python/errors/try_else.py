try:
    pass
except Exception:
    pass
else:
    [1, 2][7]
