def find(items, key):
    for item in items:
        if item["id"] == key:
            return item
user = find([{"id": 1, "name": "a"}], 2)
print(user["name"].upper())
