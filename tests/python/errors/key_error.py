d = {"alpha": 1}
d["beta"]
