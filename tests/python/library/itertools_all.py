import itertools
from itertools import (
    accumulate, batched, chain, combinations, combinations_with_replacement, compress, count, cycle,
    dropwhile, filterfalse, groupby, islice, pairwise, permutations, product, repeat, starmap,
    takewhile, tee, zip_longest,
)

print(list(islice(count(5, 2), 3)), list(islice(count(0.5, 0.25), 3)), count(3), count(1, 2))
print(list(islice(cycle("ab"), 5)), list(repeat(7, 3)), repeat(1, 2), repeat("x"))
print(list(accumulate([1, 2, 3, 4])), list(accumulate([3, 1, 4], max)), list(accumulate([1, 2], initial=10)))
print(list(chain([1], (2, 3), "ab")), list(chain.from_iterable([[1], [2, 3]])))
print(list(compress("abcd", [1, 0, 1, 0])), list(dropwhile(lambda x: x < 3, [1, 3, 2])))
print(list(takewhile(lambda x: x < 3, [1, 2, 3, 1])), list(filterfalse(lambda x: x % 2, range(6))))
print([(key, list(group)) for key, group in groupby("aabbbc")])
print({key: len(list(group)) for key, group in groupby(sorted([3, 11, 12, 5, 27]), key=lambda x: x // 10)})
print(list(islice("abcdefg", 2)), list(islice("abcdefg", 2, 5)), list(islice("abcdefg", 1, None, 2)))
print(list(pairwise([1, 2, 3, 4])), list(batched("abcdefg", 3)))
print(list(permutations("abc", 2)), len(list(permutations(range(4)))))
print(list(combinations("abcd", 2)), list(combinations_with_replacement("ab", 2)))
print(list(product([1, 2], "ab")), list(product([0, 1], repeat=2)), list(product()))
print(list(starmap(pow, [(2, 3), (3, 2)])), list(zip_longest("ab", [1, 2, 3], fillvalue="-")))
a, b = tee([1, 2, 3])
print(next(a), list(b), list(a))
groups = groupby([1, 1, 2])
_, first = next(groups)
_, second = next(groups)
print(list(first), list(second))
print(sum(islice(map(lambda x: x * x, count()), 10)), max(accumulate(range(5))))
for call in (lambda: list(islice([1], -1)), lambda: list(batched([1], 0)), lambda: combinations([1], -1),
             lambda: itertools.repeat(), lambda: list(batched("abc", 2, strict=True))):
    try:
        call()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
print(isinstance(chain(), itertools.chain), type(count()).__name__)
