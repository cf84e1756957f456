import random

random.seed(42)
print(random.random(), random.randint(1, 100), random.choice("abcdef"))
print(random.uniform(1, 10), random.gauss(0, 1), random.randrange(0, 100, 5))
deck = list(range(10))
random.shuffle(deck)
print(deck, random.sample(range(100), 5), random.choices("xyz", weights=[1, 2, 3], k=5))
other = random.Random(7)
print(other.random(), other.randint(1, 6), other.choice([1, 2, 3]), other.getrandbits(16))
print(random.random())
state = random.getstate()
first = [random.random() for _ in range(3)]
random.setstate(state)
print(first == [random.random() for _ in range(3)])
random.seed("text")
print(random.random(), random.expovariate(1.5), random.betavariate(2, 3), random.triangular(0, 10, 3))
random.seed(b"bytes")
print(random.randbytes(5), random.normalvariate(0, 1), random.lognormvariate(0, 1))
random.seed(3.5)
print(random.paretovariate(3), random.weibullvariate(1, 2), random.vonmisesvariate(0, 4))
for call in (lambda: random.choice([]), lambda: random.randint(5, 1), lambda: random.sample([1], 2)):
    try:
        call()
    except (IndexError, ValueError) as error:
        print(type(error).__name__, error)
