total = (
    10 +
    20 +
    "thirty" +
    40
)
