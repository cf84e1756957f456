class A:
    def __str__(self):
        return self.missing
a = A()
print(f"a is {a}")
