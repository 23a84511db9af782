for i in range(5):
    if i == 1: continue
    if i == 4: break
    print(i, end=' ')
else:
    print('never')
print()
for i in []: pass
else: print('for else')
n = 0
while n < 3:
    n += 1
    if n == 2: continue
    print(n, end=' ')
else: print('while else')
while True:
    n += 1
    if n > 5: break
print(n)
for i in range(3):
    for j in range(3):
        if j == 1: break
        print(i, j, end=';')
    else: print('x')
print()
x = 5
print('big' if x > 3 else 'small', x and 'yes', 0 or 'default', None and 1, not x, x if x else 0, 1 and 2 and 0 or 3)
if x < 3: print('a')
elif x < 6: print('b')
else: print('c')
if (y := x * 2) > 8: print('walrus', y)
print([z for v in range(3) if (z := v * 2) > 1], z)
def f(n):
    for i in range(10):
        try:
            if i == n: return 'returned %d' % i
            if i == 7: break
            if i % 2: continue
        finally:
            print('f%d' % i, end=' ')
    return 'end'
print(f(3)); print(f(9))
def g():
    while True:
        try:
            return 1
        finally:
            break
    return 2
print(g())
def h():
    try: return 'try'
    finally: return 'finally'
print(h())
def k():
    for i in range(3):
        with C(i):
            if i == 1: return i
class C:
    def __init__(self, n): self.n = n
    def __enter__(self): print('enter', self.n, end=' '); return self
    def __exit__(self, t, v, tb): print('exit', self.n, t.__name__ if t else None, end=' '); return self.n == 5
print(k())
with C(5) as c: raise ValueError('swallowed')
with C(1) as a, C(2) as b: print(a.n, b.n, end=' ')
try:
    with C(6): raise KeyError('k')
except KeyError as e: print('caught', e)
for i, (a, b) in enumerate([(1, 2), (3, 4)]): print(i, a, b, end=' ')

print(i)
print(1 < 2 > 1, 1 < 2 < 3 < 4, 1 == 1 != 2, (1 < 2) == True, 3 > 2 in [2])
assert True
try: assert 1 == 2, 'msg'
except AssertionError as e: print('assert', e)
try: assert False
except AssertionError as e: print(repr(e))
del x
try: x
except NameError as e: print(e)
global_var = 1
def setter():
    global global_var
    global_var = 2
    global fresh
    fresh = 'new'
setter(); print(global_var, fresh)
pass; print(1); print(2)
print(*[1, 2], sep='-', end='!\n')
