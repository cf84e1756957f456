n = int("12a", 10)
