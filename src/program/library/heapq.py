"""heapq: what is not native."""
from _heapq import (
    heapify, heapify_max, heappop, heappop_max, heappush, heappush_max, heappushpop,
    heappushpop_max, heapreplace, heapreplace_max,
)


def nlargest(n, iterable, key=None):
    """The n largest items, the largest first."""
    if n == 1:
        items = list(iterable)
        return [max(items, key=key)] if items else []
    return sorted(iterable, key=key, reverse=True)[:max(n, 0)]


def nsmallest(n, iterable, key=None):
    """The n smallest items, the smallest first."""
    if n == 1:
        items = list(iterable)
        return [min(items, key=key)] if items else []
    return sorted(iterable, key=key)[:max(n, 0)]


class _Head:
    """The next item of one of the iterables that are merged."""

    def __init__(self, value, order, item, source, reverse):
        self.value, self.order, self.item = value, order, item
        self.source, self.reverse = source, reverse

    def __lt__(self, other):
        if self.reverse:
            if other.value < self.value:
                return True
            return not self.value < other.value and self.order > other.order
        if self.value < other.value:
            return True
        return not other.value < self.value and self.order < other.order


def merge(*iterables, key=None, reverse=False):
    """The items of sorted iterables, sorted."""
    heap = []
    direction = -1 if reverse else 1
    for order, iterable in enumerate(iterables):
        source = iter(iterable)
        for item in source:
            value = item if key is None else key(item)
            heap.append(_Head(value, order * direction, item, source, reverse))
            break
    heapify(heap)
    while heap:
        head = heap[0]
        yield head.item
        for item in head.source:
            head.item = item
            head.value = item if key is None else key(item)
            heapreplace(heap, head)
            break
        else:
            heappop(heap)
