x = 5
y = x if x < 3 else x / 0
