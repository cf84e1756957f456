age = "42"
print("next year: " + age + 1)
