counter = 0


def bump():
    global counter
    counter += 1
    return counter


def make():
    global made
    made = [1]

    def inner():
        global made
        made.append(2)
    inner()


print(bump(), bump(), counter)
make()
print(made)
try:
    print(later)
except NameError as e:
    print(e)
later = 1
print(later)
sum = sum([1, 2])
print(sum)
del sum
print(sum([3, 4]))
list = list(range(3))
print(list)


def shadow(len):
    return len + 1


print(shadow(1), len("ab"))
for i in range(3):
    pass
print(i)
if True:
    inside = "yes"
print(inside)
print(__name__, __doc__)
