def clamp(value, low, high):
    return max(low, min(value, high))
if clamp(5, 0, 3) < "a":
    print("x")
