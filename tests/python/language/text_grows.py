# Adding to a text of a million letters must not copy it each time.
def grow(times):
    text = ""
    for number in range(times):
        text += "ab"
        text += str(number % 10)
        text = text + "c"
        text = text + text[:1]
    return len(text)


def kept(text):
    before = text
    text += "!"
    text = text + "?"
    text = text + text
    return before, text


print(grow(200_000))
print(kept("abc"), kept("é" * 30))
