def work(n):
    parts = []
    for i in range(n):
        parts.append(f"item-{i:05d}:{i * 2}")
    text = ",".join(parts)
    total = 0
    for piece in text.split(","):
        name, _, value = piece.partition(":")
        if name.startswith("item-0"):
            total += int(value)
        total += len(name.upper().replace("-", "_"))
    out = ""
    for ch in "hello world " * (n // 100):
        if ch.isalpha():
            out += ch
        elif ch == " ":
            out += "_"
    letters = {}
    for ch in out:
        letters[ch] = letters.get(ch, 0) + 1
    return total, len(text), len(out), sorted(letters.items())[:3], text[::1000][:20], "%d/%s" % (n, out[:5])


print(work(120_000))
