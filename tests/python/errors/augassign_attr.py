class C: pass
c = C()
c.items = {}
c.items["x"] = 1
c.items["x"] += "a"
