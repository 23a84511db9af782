d = {'a': 1, 'b': 2}
d['c'] = 3; print(d, d['a'], d.get('z'), d.get('z', 0), 'a' in d, len(d), list(d), list(d.values()), list(d.items()))
for k, v in d.items(): print(k, v, end=';')
print(d.pop('a'), d.pop('zz', None), d, d.setdefault('x', []), d.setdefault('b', 9), d)
d.update({'b': 5}, q=1); d.update([('r', 2)]); print(d, dict(a=1, **{'b': 2}), dict([(1, 2)]), dict(zip('ab', [1, 2])))
del d['b']; print(d, {**d, 'new': 1}, d | {'c': 0}, {1: 'a', 1.0: 'b', True: 'c'}, d == {'c': 3}, dict(a=1) == {'a': 1})
print({k: v for k, v in enumerate('ab')}, {x % 3 for x in range(10)} == {0, 1, 2}, d.keys(), d.values(), d.items(), d.copy() is d)
e = {(1, 2): 'tuple', None: 0, 1.5: 'f', frozenset([1]): 's'}; print(e[(1, 2)], e[None], e[1.5], e[frozenset([1])], e)
print(d.popitem(), dict.fromkeys('ab', 0), sorted({'b': 1, 'a': 2}), max({'a': 1, 'b': 2}, key=lambda k: {'a': 1, 'b': 2}[k]))
nested = {'a': {'b': [1, 2, {'c': 3}]}}; print(nested['a']['b'][2]['c']); nested['a']['b'][2]['c'] += 1; print(nested)
s = {3, 1, 2}; s.add(4); s.discard(9); s.remove(1); print(sorted(s), len(s), 2 in s, sorted(s & {2, 3}), sorted(s | {9}), sorted(s - {2}), sorted(s ^ {2, 10}), {2} <= s, s >= {2, 3}, s == {2, 3, 4}, set(), frozenset(), frozenset([1]))
print(sorted(s.union([7], [8])), sorted(s.intersection([2])), s.isdisjoint([99]), s.issubset(range(10)), sorted({1, 2}.symmetric_difference({2, 3})), {1} < {1, 2}, {1, 2} == frozenset([1, 2]))
s |= {100}; s -= {2}; print(sorted(s)); s.update([5], [6]); print(sorted(s)); s.clear(); print(s, not s)
from collections import defaultdict, OrderedDict, Counter, namedtuple, deque
dd = defaultdict(list); dd['a'].append(1); dd['a'].append(2); print(dd, dict(dd), dd['zz'], len(dd)); print(defaultdict(int), defaultdict(lambda: 5)['x'])
c = Counter('abracadabra'); print(c, c.most_common(2), c['a'], c['z'], sum(c.values())); c.update('zz'); print(c['z'], c + Counter('a'), Counter(a=1, b=2) - Counter(b=1), sorted(Counter('ab').elements()))
od = OrderedDict(); od['x'] = 1; od['y'] = 2; od.move_to_end('x'); print(od, list(od))
P = namedtuple('P', 'x y'); p = P(1, y=2); print(p, p.x, p[1], p._replace(x=5), p._asdict(), P._fields, p == (1, 2), *p, P(*[3, 4]), isinstance(p, tuple))
q = deque([1, 2, 3], maxlen=3); q.append(4); q.appendleft(0); print(q, q.popleft(), q.pop(), list(q), len(q)); q = deque('abc'); q.rotate(1); print(q)
try:
    for k in {1: 2, 3: 4}.copy(): pass
    dd = {1: 1}
    for k in dd: dd[k + 1] = 1
except RuntimeError as err: print(err)
x = {'one': 1}
x['two'] = x.get('two', 0) + 2; print(x, [k for k in x if x[k] > 1], 'one' not in x, list(map(str, x)), next(iter(x)), {'a': 1}.keys() & {'a'}, x.items() == x.items() or True)
