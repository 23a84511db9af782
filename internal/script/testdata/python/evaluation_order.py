log = []
def t(name, value=None):
    log.append(name)
    return value
def show():
    print(' '.join(log)); log.clear()
t('a', 1) + t('b', 2) * t('c', 3); show()
d = {}
class Box:
    def __setitem__(self, i, v): log.append('set')
    def __getitem__(self, i): log.append('get'); return 1
    def __getattr__(self, n): log.append('getattr ' + n); return 1
b = Box()
t('box', b)[t('index', 0)] = t('value', 5); show()
t('box', b)[t('index', 0)] += t('value', 5); show()
t('x', 1) < t('y', 0) < t('z', 2); show()
t('x', 1) < t('y', 2) < t('z', 3); show()
t('and1', 0) and t('and2', 1); t('or1', 1) or t('or2'); show()
t('yes') if t('cond', True) else t('no'); show()
t('f', lambda *a, **k: 0)(t('arg1'), *t('star', [1]), t('arg2'), k=t('kw'), **t('double', {})); show()
[t('elt%d' % i) for i in t('iter', range(2)) if t('if%d' % i, True)]; show()
{t('k1', 1): t('v1'), t('k2', 2): t('v2')}; show()
x, y = t('r1', 1), t('r2', 2); show()
a = d['k'] = t('rhs', 3); print(a, d); show()
def deco(n):
    t('deco' + n)
    return lambda f: t('apply' + n, f)
@deco('1')
@deco('2')
def f(p=t('default')): pass
show()
i = 0
l = [0, 0, 0]
i, l[i] = 1, 9
print(i, l)
l[0], l[1], l[2] = l[2], l[0], l[1]; print(l)
with_order = [n for n in (1, 2, 3) if not n == 2]
print(with_order, b.attr, log); log.clear()
lst = [1, 2, 3]
for e in lst:
    if e == 1: lst.append(4)
print(lst)
n = 3
while n: n -= 1; print(n, end=' ')
print()
del d['k'], x; print(d)
assert t('assert', True), t('never'); show()
