def v(n):
    print("v", n, end=" ")
    return n


print(v(1) < v(2) < v(3))
print(v(3) < v(2) < v(1))
print(1 < 3 > 2 != 5 == 5.0 is not None)
print(1 in [1] in [[1]], "a" < "b" < "c", not 1 < 2 < 0)
x = 5
print(0 <= x < 10, 0 < x <= 4, x == 5 == 5.0)
if 1 < x < 10 and not 6 <= x:
    print("inside")
while 0 < x < 6:
    x += 1
print(x)
print([n for n in range(10) if 2 < n <= 5])
