def work(n):
    counts = {}
    words = ["apple", "pear", "fig", "plum", "kiwi", "lime", "date"]
    for i in range(n):
        word = words[i % 7]
        counts[word] = counts.get(word, 0) + i
    table = {}
    for i in range(n):
        table[i * 3] = i
    total = 0
    for key, value in table.items():
        if key in table:
            total += value
    groups = {}
    for i in range(n // 2):
        groups.setdefault(i % 100, []).append(i)
    seen = set()
    for i in range(n):
        seen.add(i % 5000)
    memo = {(i % 50, i % 30): i for i in range(n // 4)}
    return counts, total, len(groups[5]), len(seen), len(memo), sum(len(g) for g in groups.values())


print(work(250_000))
