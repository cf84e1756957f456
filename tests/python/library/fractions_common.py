from fractions import Fraction
import math

a, b = Fraction(1, 3), Fraction("0.25")
print(a, b, repr(a), a + b, a - b, a * b, a / b, a // b, a % b, -a, abs(Fraction(-1, 2)), a**2, a**-1, 2 * a, a + 1, a + 0.5)
print(Fraction(6, 4), Fraction("3/9"), Fraction(0.5), Fraction("1e-2"), Fraction(-1, -2), Fraction(3), str(Fraction(4, 2)))
print(a < b, a == Fraction(2, 6), a == 0.5, Fraction(1, 2) == 0.5, hash(Fraction(2)) == hash(2), sorted([a, b]), max(a, b))
print(float(a), int(Fraction(7, 2)), round(Fraction(7, 2)), round(Fraction(22, 7), 2), math.floor(Fraction(-1, 2)), math.ceil(a))
print(a.numerator, a.denominator, Fraction(math.pi).limit_denominator(100), a.as_integer_ratio(), sum([a, a, a]), bool(Fraction(0)), f"{a:.3f}")
for call in (lambda: Fraction(1, 0), lambda: Fraction("x"), lambda: Fraction(1.5, 2), lambda: a / 0):
    try:
        call()
    except (ZeroDivisionError, ValueError, TypeError) as error:
        print(type(error).__name__, error)
