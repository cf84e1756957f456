import sys

print(len(sys.argv) - 1, sys.argv[1:])
for number, argument in enumerate(sys.argv[1:], 1):
    print(number, argument)
