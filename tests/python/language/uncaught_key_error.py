print("before")
d = {}
d["missing"]
