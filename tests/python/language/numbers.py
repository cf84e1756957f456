print(7 // 2, -7 // 2, 7 % 3, -7 % 3, 7 % -3, 2 ** 10, 2 ** -1, 7 / 2, 1e3)
print(10 ** 30, -(10 ** 20) // 3, (10 ** 20) % 7, 2 ** 100)
print(0.1 + 0.2, 1 / 3, 1e16, 1e15, 123456789.123, 5e-324, 1.0, -0.0)
print(round(2.5), round(3.5), round(2.675, 2), round(1234, -2), round(-2.5))
print(int("42"), int("-0x1f", 16), int("101", 2), float("1e3"), int(3.9), int(-3.9))
print(0x1f, 0b101, 0o17, 1_000_000, abs(-5), divmod(17, 5), pow(2, 10, 1000))
print(5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 10, 1024 >> 3)
print(float("inf"), float("-inf"), float("nan") == float("nan"), float("inf") > 10 ** 100)
print(min(3, 1, 2), max([1, 5, 3]), sum([0.1] * 10), sum(range(101)))
print((255).bit_length(), (5).to_bytes(2, "big"), int.from_bytes(b"\x01\x00", "big"), (0.5).as_integer_ratio())
print(hash(1) == hash(1.0) == hash(True), 1 == 1.0, {1: "a"}[1.0])
for f in (lambda: 1 / 0, lambda: 1 // 0, lambda: 1 % 0, lambda: 0 ** -1, lambda: int("1.5"), lambda: float("x"), lambda: 10.0 ** 400):
    try:
        print(f())
    except (ArithmeticError, ValueError) as e:
        print(type(e).__name__, e)
