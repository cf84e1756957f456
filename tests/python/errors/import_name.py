try:
    from math import sqroot
except ImportError as e:
    print(e)
    raise
