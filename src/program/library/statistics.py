"""statistics, computed exactly as fractions."""
import math as _math
from fractions import Fraction as _Fraction


class StatisticsError(ValueError):
    pass


def _exact(value):
    return value if isinstance(value, _Fraction) else _Fraction(value)


def _kind(data):
    """The type that results have: that of the data."""
    kind = int
    for value in data:
        if isinstance(value, bool):
            continue
        if isinstance(value, float):
            return float
        if isinstance(value, _Fraction):
            kind = _Fraction
        elif not isinstance(value, int):
            raise TypeError(f"can't convert type '{type(value).__name__}' to numerator/denominator")
    return kind


def _special(data):
    """What a sum with NaN or an infinity in it is; None without one."""
    for value in data:
        if isinstance(value, float) and not _math.isfinite(value):
            return sum(data)
    return None


def _convert(value, kind):
    if kind is int:
        return int(value) if value.denominator == 1 else value.numerator / value.denominator
    if kind is float:
        return value.numerator / value.denominator
    return value


def _mean(data):
    return sum((_exact(value) for value in data), _Fraction(0)) / len(data)


def mean(data):
    data = list(data)
    if not data:
        raise StatisticsError('mean requires at least one data point')
    kind = _kind(data)
    special = _special(data)
    if special is not None:
        return special
    return _convert(_mean(data), kind)


def fmean(data, weights=None):
    data = list(data)
    if not data:
        raise StatisticsError('fmean requires at least one data point')
    if weights is None:
        return _math.fsum(data) / len(data)
    weights = list(weights)
    if len(weights) != len(data):
        raise StatisticsError('data and weights must be the same length')
    total = _math.fsum(weights)
    if not total:
        raise StatisticsError('sum of weights must be non-zero')
    return _math.sumprod(data, weights) / total


def geometric_mean(data):
    data = list(data)
    if not data:
        raise StatisticsError('Must have a non-empty dataset')
    for value in data:
        if value == 0:
            return 0.0
        if value < 0:
            raise StatisticsError(f'No negative inputs allowed {value!r}')
    return _math.exp(_math.fsum(map(_math.log, data)) / len(data))


def harmonic_mean(data, weights=None):
    data = list(data)
    if not data:
        raise StatisticsError('harmonic_mean requires at least one data point')
    kind = float if _kind(data) is int else _kind(data)
    weights = [1] * len(data) if weights is None else list(weights)
    if len(weights) != len(data):
        raise StatisticsError('Number of weights does not match data size')
    total = _Fraction(0)
    for value, weight in zip(data, weights):
        if value < 0:
            raise StatisticsError('harmonic mean does not support negative values')
        if value == 0:
            return 0
        total += _exact(weight) / _exact(value)
    return _convert(sum(map(_exact, weights), _Fraction(0)) / total, kind)


def median(data):
    data = sorted(data)
    if not data:
        raise StatisticsError('no median for empty data')
    middle = len(data) // 2
    if len(data) % 2 == 1:
        return data[middle]
    return (data[middle - 1] + data[middle]) / 2


def median_low(data):
    data = sorted(data)
    if not data:
        raise StatisticsError('no median for empty data')
    return data[(len(data) - 1) // 2]


def median_high(data):
    data = sorted(data)
    if not data:
        raise StatisticsError('no median for empty data')
    return data[len(data) // 2]


def mode(data):
    counts = {}
    for value in data:
        counts[value] = counts.get(value, 0) + 1
    if not counts:
        raise StatisticsError('no mode for empty data')
    return max(counts, key=counts.get)


def multimode(data):
    counts = {}
    for value in data:
        counts[value] = counts.get(value, 0) + 1
    most = max(counts.values(), default=0)
    return [value for value, count in counts.items() if count == most]


def quantiles(data, *, n=4, method='exclusive'):
    if n < 1:
        raise StatisticsError('n must be at least 1')
    data = sorted(data)
    size = len(data)
    if size < 2:
        if size == 1:
            return data * (n - 1)
        raise StatisticsError('must have at least one data point')
    result = []
    if method == 'inclusive':
        m = size - 1
        for i in range(1, n):
            j, delta = divmod(i * m, n)
            result.append((data[j] * (n - delta) + data[j + 1] * delta) / n)
        return result
    if method == 'exclusive':
        m = size + 1
        for i in range(1, n):
            j = min(max(i * m // n, 1), size - 1)
            delta = i * m - j * n
            result.append((data[j - 1] * (n - delta) + data[j] * delta) / n)
        return result
    raise ValueError(f'Unknown method: {method!r}')


def _squares(data, center):
    middle = _mean(data) if center is None else _exact(center)
    return sum(((_exact(value) - middle) ** 2 for value in data), _Fraction(0))


def variance(data, xbar=None):
    data = list(data)
    if len(data) < 2:
        raise StatisticsError('variance requires at least two data points')
    return _convert(_squares(data, xbar) / (len(data) - 1), _kind(data))


def pvariance(data, mu=None):
    data = list(data)
    if not data:
        raise StatisticsError('pvariance requires at least one data point')
    return _convert(_squares(data, mu) / len(data), _kind(data))


def _root(value):
    """The square root of a fraction, rounded once."""
    n, m = value.numerator, value.denominator
    if not n:
        return 0.0
    shift = (n.bit_length() - m.bit_length() - 109) // 2
    if shift >= 0:
        top = _odd_root(n, m << 2 * shift) << shift
        return float(top)
    return _odd_root(n << -2 * shift, m) / (1 << -shift)


def _odd_root(n, m):
    a = _math.isqrt(n // m)
    return a | (a * a * m != n)


def stdev(data, xbar=None):
    data = list(data)
    if len(data) < 2:
        raise StatisticsError('stdev requires at least two data points')
    _kind(data)
    return _root(_squares(data, xbar) / (len(data) - 1))


def pstdev(data, mu=None):
    data = list(data)
    if not data:
        raise StatisticsError('pstdev requires at least one data point')
    _kind(data)
    return _root(_squares(data, mu) / len(data))


def covariance(x, y, /):
    x, y = list(x), list(y)
    if len(x) != len(y):
        raise StatisticsError('covariance requires that both inputs have same number of data points')
    if len(x) < 2:
        raise StatisticsError('covariance requires at least two data points')
    xbar, ybar = _math.fsum(x) / len(x), _math.fsum(y) / len(y)
    return _math.sumprod((xi - xbar for xi in x), (yi - ybar for yi in y)) / (len(x) - 1)


def correlation(x, y, /, *, method='linear'):
    x, y = list(x), list(y)
    if len(x) != len(y):
        raise StatisticsError('correlation requires that both inputs have same number of data points')
    if len(x) < 2:
        raise StatisticsError('correlation requires at least two data points')
    xbar, ybar = _math.fsum(x) / len(x), _math.fsum(y) / len(y)
    x, y = [xi - xbar for xi in x], [yi - ybar for yi in y]
    sxy, sxx, syy = _math.sumprod(x, y), _math.sumprod(x, x), _math.sumprod(y, y)
    try:
        return sxy / _math.sqrt(sxx * syy)
    except ZeroDivisionError:
        raise StatisticsError('at least one of the inputs is constant')
