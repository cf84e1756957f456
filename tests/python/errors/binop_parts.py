def compute(a, b, c):
    x = (a + b) * (c / (a - a))
    return x

result = 1 + compute(1, 2, 3) * 2
