for x in [1, 1.5, 'a', [1], (1,), {1: 2}, {1}, range(3), None, len, (i for i in [1]), lambda: 0, True]:
    print(type(x).__name__, [n for n in ('__len__', '__iter__', '__getitem__', '__setitem__', '__contains__', '__call__', '__add__', '__float__', '__next__', '__enter__', '__str__') if hasattr(x, n)])
print([1, 2].__len__(), 'abc'.__getitem__(1), (5).__add__(2), (5).__radd__(2), [1].__add__([2]), {}.__contains__(1), [3].__iter__() is not None, (2).__eq__(2), 'a'.__eq__('a'), (1.5).__int__(), (3).__neg__(), len.__call__('ab'), (5).__add__('a'), [].__hash__, (7).__lt__(8))
l = [1, 2]; l.__setitem__(0, 9); l.__delitem__(1); print(l, list(map(str.upper, 'ab')), list(map((10).__add__, [1, 2])), sorted(['b', 'a'], key=str.lower))
