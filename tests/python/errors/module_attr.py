import math
try:
    math.squrt(2)
except AttributeError as e:
    raise
