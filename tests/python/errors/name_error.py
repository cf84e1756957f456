import math

def area(radius):
    return math.pi * raduis ** 2

print(area(2))
