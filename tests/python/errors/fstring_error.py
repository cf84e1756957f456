value = "abc"
print(f"value: {value:d}")
