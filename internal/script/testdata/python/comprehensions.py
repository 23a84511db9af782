print([x for x in range(5)], [x for x in range(10) if x % 2 if x > 3], [(x, y) for x in range(2) for y in 'ab'], [[y for y in range(x)] for x in range(3)])
print({x: x * x for x in range(3)}, {x for x in 'aab'} == {'a', 'b'}, list(x for x in range(2)), {k: [v for v in range(k)] for k in range(3)})
x = 'outer'
print([x for x in range(2)], x)
def f(n): return [n * i for i in range(n) if i != n - 1]
print(f(3), [f(i) for i in range(3)], [lambda: i for i in range(2)][0](), [a + b for a, b in [(1, 2), (3, 4)]], [h for h, *t in ['abc', 'de']])
print([y for x in [[1, 2], [3]] for y in x], [i if i else -1 for i in range(2)], [not i for i in (0, 1)], sum(i for i in range(5) if i), [z := 5, z], {**{'a': 1}, **{'b': 2}})
class K:
    n = 3
    l = [i for i in range(n)]
print(K.l)
m = [[1, 2], [3, 4]]
print([[row[i] for row in m] for i in range(2)], list(zip(*m)), [*zip(*m)], max(max(r) for r in m), [r[::-1] for r in m])
params = dict(a=[1, 2], b=[3, 4]); k = 1
print({key: params[key][k] for key in ['a', 'b']})
print([(i, j) for i in range(3) if i for j in range(i)], [w.upper() for w in 'a b'.split() if w], [[]] * 2, [f'{i:02d}' for i in range(3)])
def outer():
    y = 2
    return [y * i for i in range(3)], (lambda: [y for _ in range(1)])()
print(outer())
def gen(): return sum(1 for _ in range(4))
print(gen(), any(c.isdigit() for c in 'ab1'), next((i for i in range(10) if i > 5), None), sorted((v, k) for k, v in {'a': 2, 'b': 1}.items()))
