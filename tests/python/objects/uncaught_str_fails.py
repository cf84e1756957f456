class Bad(Exception):
    def __str__(self):
        raise ValueError("no")


print("start")
raise Bad()
