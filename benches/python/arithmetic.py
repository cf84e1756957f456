def work(n):
    total = 0
    for i in range(n):
        total = (total * 31 + i * i - i // 3) % 1000003
        if total % 7 == 0:
            total += 5
    x = 0.5
    while n > 0:
        x = 3.7 * x * (1.0 - x)
        n -= 1
    return total, round(x, 6)


print(work(1_500_000))
