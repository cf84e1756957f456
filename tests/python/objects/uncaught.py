class AppError(Exception):
    def __init__(self, code):
        super().__init__(f"code {code}")


def run():
    try:
        {}["missing"]
    except KeyError as e:
        raise AppError(7) from e


print("before")
run()
print("never")
