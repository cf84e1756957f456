print(7 // 2, -7 // 2, 7 // -2, 7 % 3, -7 % 3, 7 % -3, divmod(-7, 3), divmod(7, -3), 7.5 // 2, -7.5 // 2, -7.5 % 2, divmod(7.5, 2))
print(2 ** 10, 2 ** 100, 2 ** -1, (-2) ** 3, 2 ** 0.5, 0 ** 0, 10 ** 20, -2 ** 2, 2 ** 3 ** 2, pow(2, 10, 1000), pow(3, -1, 7), (-8) ** (1/3) if False else 1)
print(1 / 3, 2 / 1, 10 / 4, 1e3, 1.0, 1e16, 1e15, 123456789012345678, 1.5e300 * 1e10, 1e308 * 10, -1e308 * 10, 5e-324, 0.1 + 0.2, 1e-7, 1.0e5, 100000000000000000000.0)
print(round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(1234, -2), round(5.5), round(0.5), round(1e20), round(1.23456, 3), round(7, 2), type(round(2.0)).__name__, round(2.0, 1))
print(int(3.9), int(-3.9), int("42"), int(" -7 "), int("ff", 16), int("0b101", 0), int("1_000"), int(True), float("1.5"), float(" 1e5 "), float("inf"), float("-inf"), float("nan"), int("0x1F", 16), int("z", 36))
print(abs(-5), abs(-5.5), max(1, 2.5), min(-1, 0), sum([0.1] * 10), 5 == 5.0, 1 == True, 0 == False, 1 + True, True + True, not 0, -True, +True, ~5)
print(5 & 3, 5 | 3, 5 ^ 3, ~0, 1 << 10, 1024 >> 3, -8 >> 1, 1 << 100, True & False, True | False, True ^ True, -1 >> 100, 5 & -2)
print(bin(10), oct(64), hex(255), bin(-5), hex(-1), int("1010", 2), 0b11, 0o17, 0xFF, 1_000_000, format(10, "b"), format(255, "x"), f"{10:08b}", (5).bit_length(), (-5).bit_count(), (255).to_bytes(2, "big"), int.from_bytes(b"\x01\x00", "big"))
print(1 < 2 < 3, 1 < 3 > 2, 1 == 1 != 2, 3 > 2 > 1, 1 < 2 > 1 < 3, not 1 == 2, 1 is 1, None is None, 5 != 5.0)
print(10 ** 18 * 10 ** 18, 99999999999999999999 + 1, 2 ** 63, -2 ** 63, 2 ** 63 - 1, 9223372036854775807 + 1, (2 ** 64) // 3, (2 ** 64) % 1000, -(2 ** 64) // 7, 2 ** 64 / 2 ** 62, 2 ** 200 >> 190)
import math
print(math.pi, math.e, math.sqrt(16), math.floor(-1.5), math.ceil(1.2), math.trunc(-1.7), math.gcd(12, 18), math.factorial(20), math.inf, math.isnan(math.nan), math.log(math.e), math.log2(8), math.log10(1000), math.hypot(3, 4), math.isclose(0.1 + 0.2, 0.3), math.prod([1, 2, 3]), math.comb(5, 2), math.perm(5, 2), math.lcm(4, 6), math.copysign(1, -0.0), math.fmod(-7, 3), math.isqrt(17), math.pow(2, 3), math.degrees(math.pi), math.radians(180), math.sin(0), math.cos(0), math.atan2(1, 1))
print((1.5).is_integer(), (2.0).is_integer(), (0.5).as_integer_ratio(), (1.5).hex(), float.fromhex("0x1.8p+0"), (5).real, (5).imag, (5).numerator, (2.5).real, (3).conjugate())
print(float("1e400"), 1e400, -1e400, float("nan") != float("nan"), math.inf - math.inf, 0.0 == -0.0, -0.0, 0 * -1.0, 1e-400)
print(str(1e100), repr(0.1), repr(1/3), 1e21, 1e22, 123456.789e3, 1.0 * 10 ** 15, 1.0 * 10 ** 16, 12345678.9, 0.0001, 0.00001, 1e5, 3.0e-10)
print(hash(1) == hash(1.0) == hash(True), hash(2 ** 61 - 1), hash(-1), hash(0.5), hash(10 ** 20), hash("") , hash(()), hash(None) == hash(None))
print(int("-0"), 0x_ff, 1., .5, 1e+3, 5 .real, 1.5.real, -5 // 2 * 2 + -5 % 2)
print(sorted([3, -1, 2.5, True]), sum(range(101)), sum([], 5), max([-1, -2], default=0), [*range(10, 0, -3)], 7 in range(0, 10, 7))
total = 0
for i in range(1, 11):
    total += i ** 2 if i % 2 else -i
print(total, total.bit_length(), f"{total:+} {total:>8} {total:<8}| {total:^8}| {total:e} {total:.1f} {total:%}")
print(5 // 0.3, 5 % 0.3, -5 % 0.3, 1e300 ** 2 if False else "skip", 3 .__add__(4), int.__add__(1, 2), float.__mul__(1.5, 2.0))
x = 5; x += 2; x -= 1; x *= 3; x //= 2; x **= 2; x %= 50; x <<= 2; x >>= 1; x |= 1; x &= 0xFF; x ^= 3; x /= 4
print(x)
