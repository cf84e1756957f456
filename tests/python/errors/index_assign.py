rows = [[0] * 3 for _ in range(2)]
rows[1][2] = 5
rows[2][0] = rows[1][2] + 1
