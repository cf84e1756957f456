import statistics
from fractions import Fraction
from statistics import fmean, geometric_mean, harmonic_mean, mean, median, median_high, median_low, mode, multimode, pstdev, pvariance, quantiles, stdev, variance

data = [2.5, 3.1, 4.7, 1.2, 9.9]
print(mean(data), fmean(data), median(data), stdev(data), pstdev(data), variance(data), pvariance(data))
ints = [1, 2, 3, 4, 4]
print(mean(ints), mean([1, 2, 3]), median([1, 2, 3, 4]), median_low(ints), median_high(ints), mode(ints), multimode("aabbc"))
print(stdev(ints), variance([1, 2, 3, 4]), pvariance([1, 2, 3, 4]), quantiles(range(1, 11)), quantiles(data, n=10, method="inclusive"))
print(geometric_mean([1, 2, 4]), harmonic_mean([40, 60]), mean([Fraction(1, 3), Fraction(2, 3)]), fmean([1, 2], weights=[3, 1]))
print(statistics.correlation([1, 2, 3], [2, 4, 7]), statistics.covariance([1, 2, 3], [1, 2, 4]), mean([0.1] * 3), stdev([0.1, 0.2, 0.3]))
for call in (lambda: mean([]), lambda: stdev([1]), lambda: median([]), lambda: mode([])):
    try:
        call()
    except statistics.StatisticsError as error:
        print(error)
