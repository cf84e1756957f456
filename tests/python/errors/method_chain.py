text = "hello"
result = (
    text
    .upper()
    .replace("H", "J")
    .foo()
)
