def average(numbers):
    total = sum(numbers)
    return total / len(numbers)

def report(data):
    for name, numbers in data.items():
        print(name, average(numbers))

report({"a": [1, 2], "b": []})
