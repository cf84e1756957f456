def primes(n):
    sieve = [True] * (n + 1)
    for i in range(2, int(n ** .5) + 1):
        if sieve[i]: sieve[i * i::i] = [False] * len(sieve[i * i::i])
    return [i for i in range(2, n + 1) if sieve[i]]
print(primes(50)); print([("Fizz" * (i % 3 == 0) + "Buzz" * (i % 5 == 0)) or i for i in range(1, 16)])
text = "the quick brown fox jumps over the lazy dog the end"; freq = {}
for w in text.split(): freq[w] = freq.get(w, 0) + 1
print(sorted(freq.items(), key=lambda kv: (-kv[1], kv[0]))[:3], max(freq, key=freq.get), len(set(text)), text.title()[:9])
def gcd(a, b):
    while b: a, b = b, a % b
    return a
def collatz(n, steps=0): return steps if n == 1 else collatz(n // 2 if n % 2 == 0 else 3 * n + 1, steps + 1)
def caesar(s, k): return "".join(chr((ord(c) - 97 + k) % 26 + 97) if c.isalpha() else c for c in s)
def binary(a, x):
    lo, hi = 0, len(a)
    while lo < hi:
        mid = (lo + hi) // 2
        if a[mid] < x: lo = mid + 1
        else: hi = mid
    return lo
def quicksort(a): return a if len(a) < 2 else quicksort([x for x in a[1:] if x < a[0]]) + [a[0]] + quicksort([x for x in a[1:] if x >= a[0]])
def bubble(a):
    a = a[:]
    for i in range(len(a)):
        for j in range(len(a) - 1 - i):
            if a[j] > a[j + 1]: a[j], a[j + 1] = a[j + 1], a[j]
    return a
print(gcd(48, 36), collatz(27), caesar(caesar("hello, world", 3), -3), binary([1, 3, 5, 7], 5), quicksort([3, 6, 1, 8, 2]), bubble([5, 2, 9, 1]), bin(37)[2:], int("100101", 2))
def fib_memo(n, memo={}):
    if n in memo: return memo[n]
    memo[n] = n if n < 2 else fib_memo(n - 1) + fib_memo(n - 2)
    return memo[n]
print(fib_memo(80)); rot = lambda m: [list(r) for r in zip(*m[::-1])]; print(rot([[1, 2], [3, 4]])); pascal = [[1]]
for _ in range(4): pascal.append([1] + [a + b for a, b in zip(pascal[-1], pascal[-1][1:])] + [1])
print(pascal); print("\n".join("*" * i + " " * (4 - i) + "|" for i in range(1, 4)))
def to_roman(n):
    out = ""
    for v, r in ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while n >= v: out, n = out + r, n - v
    return out
print([to_roman(n) for n in (4, 9, 14, 1994, 2024)]); words = {"anagram": 1}; groups = {}
for w in ("tea", "eat", "tan", "ate", "nat"): groups.setdefault("".join(sorted(w)), []).append(w)
print(groups); s = "racecar"; print(s == s[::-1], "".join(reversed("abc")), sum(int(d) for d in str(2 ** 50)), [x ** 2 for x in range(10) if x % 3 == 0])
inventory = {"apple": {"qty": 3, "price": 1.5}, "pear": {"qty": 0, "price": 2}}
print(sum(i["qty"] * i["price"] for i in inventory.values()), [n for n, i in inventory.items() if not i["qty"]], f"{'item':<10}{'total':>8}")
for name, info in inventory.items(): print(f"{name:<10}{info['qty'] * info['price']:>8.2f}")
