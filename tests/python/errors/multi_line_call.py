def configure(host, port, *, debug=False, retries=3):
    raise ConnectionError(f"{host}:{port} unreachable")

configure(
    "localhost",
    8080,
    debug=True,
    retries=5,
)
