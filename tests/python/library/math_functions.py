import math

print(math.sqrt(2), math.pi, math.e, math.tau, math.inf, math.nan)
print(math.floor(-2.5), math.ceil(2.1), math.trunc(-2.7), math.factorial(20), math.gcd(48, 36, 60), math.lcm(4, 6))
print(math.log(10), math.log2(8), math.log10(1000), math.log(8, 2), math.exp(1), math.pow(2, 10))
print(math.sin(1), math.cos(1), math.tan(1), math.atan2(1, 2), math.degrees(1), math.radians(180))
print(math.hypot(3, 4), math.dist((0, 0), (3, 4)), math.fsum([0.1] * 10), math.prod([1, 2, 3, 4]), sum([0.1] * 10))
print(math.isclose(0.1 + 0.2, 0.3), math.isnan(math.nan), math.isinf(-math.inf), math.isfinite(1))
print(math.comb(10, 3), math.perm(5, 2), math.isqrt(99), math.copysign(1, -0.0), math.fabs(-3))
print(math.modf(3.75), math.frexp(8.5), math.ldexp(0.5, 4), math.fmod(-7, 3), math.remainder(7, 4))
print(math.erf(0.5), math.gamma(5), math.gamma(0.5), math.lgamma(10), math.exp2(3))
print(math.log(10**400), math.floor(1e300) > 10**299, math.nextafter(1, 2), math.ulp(1.0), math.sumprod([1, 2], [3, 4]))
for call in (
    lambda: math.sqrt(-1), lambda: math.log(0), lambda: math.factorial(-1), lambda: math.sqrt("x"),
    lambda: math.exp(1000), lambda: math.acos(2), lambda: math.floor(math.inf), lambda: math.comb(-1, 2),
    lambda: math.factorial(1.5), lambda: math.gamma(-1), lambda: math.isqrt(-1),
):
    try:
        call()
    except (ValueError, TypeError, OverflowError) as error:
        print(type(error).__name__, error)
