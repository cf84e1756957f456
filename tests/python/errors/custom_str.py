class ApiError(Exception):
    def __init__(self, status, message):
        super().__init__(message)
        self.status = status
    def __str__(self):
        return f"[{self.status}] {self.args[0]}"

def call():
    raise ApiError(404, "not found")
call()
