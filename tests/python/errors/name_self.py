class A:
    def __init__(self):
        self.count = 0
    def inc(self):
        count += 1
    def get(self):
        return count

a = A()
try:
    a.inc()
except UnboundLocalError as e:
    print(e)
a.get()
