naïve = "é"
print("größe", naïve + 1)
wide = {"日本": 1}
print(wide["日本"], wide["中国"] + 2)
