print({3, 1, 2}, {5, 3, 9, 1}, set([10, 3, 7, 0, 30, 21]), {i * 3 for i in range(12)}, {True, 2}, frozenset([4, 2]))
s = set(range(20, 0, -1)); print(s, list(s)[:3], sorted(s, reverse=True)[:3], max(s), sum(s), [x for x in {2, 1}])
s = {1}
s |= {0, 5}; s.add(3); print(s, s - {3}, s & {5, 0}, s ^ {9}, s.pop() if False else len(s), tuple({4, 3}))
for x in {6, 4, 5}: print(x, end=' ')
print({1, 2} | {3}, {1, 2, 3} - {2}, set('a'), {(1, 2)}, {None}, set([1, 1.0, True]), {0.5}, set().union([2, 1]))
try:
    for x in s: s.add(x + 100)
except RuntimeError as e: print(e)
a, b, c = {30, 10, 20}
print(sorted([a, b, c]), {1: {2, 1}}, [{3, 2}])
