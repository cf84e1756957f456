class Grid:
    def __getitem__(self, key):
        x, y = key
        return 1 / (x - y)
g = Grid()
print(g[1, 2])
print(g[1, 1] + 2)
