x = 'global'
def a():
    x = 'a'
    def b():
        nonlocal x
        x = 'b'
        def c():
            global x
            x = 'changed'
            return x
        return c(), x
    return b(), x
print(a(), x)
class K:
    x = 'class'
    y = x
    def m(self): return x
    z = [x for _ in range(1)]
print(K.y, K().m(), K.z)
def counter():
    count = 0
    class C:
        def inc(self):
            nonlocal count
            count += 1
            return count
    return C()
c = counter(); c.inc(); print(c.inc())
def late():
    fs = []
    for i in range(3):
        def f(j=i): return i, j
        fs.append(f)
    return [f() for f in fs]
print(late())
def shadow(x):
    def inner():
        x = 5
        return x
    return inner(), x
print(shadow(1))
def params(a, b=[]):
    def g(): return a, b
    a = 2
    return g()
print(params(1))
try:
    def early():
        def inner(): return later_var
        r = inner()
        later_var = 1
        return r
    early()
except NameError as e: print(e)
def rec_list(n): return [] if n == 0 else [n, *rec_list(n - 1)]
print(rec_list(4))
def gen_scope():
    y = [1, 2]
    return list(z * w for z in y for w in y), sum(v for v in y if v in y)
print(gen_scope())
def walrus():
    if (n := 10) > 5: pass
    data = [m := 1, m + 1, m + 2]
    last = [k := j for j in range(3)]
    return n, data, m, last, k
print(walrus())
def f():
    global made
    made = [1]
    def g(): return made
    return g()
print(f(), made)
def deleted():
    v = 1
    del v
    try: return v
    except UnboundLocalError as e: return str(e)
print(deleted())
print([(lambda q: q + x_)(1) for x_ in range(2)], (lambda: [i for i in range(2)])())
print(sorted(k for k in globals() if k in ('a', 'K', 'c')), 'nope' in globals())
def lo(p):
    q = p + 1
    return sorted(locals().items())
print(lo(1))
def exc_scope():
    e = 'kept'
    try: raise ValueError('v')
    except ValueError as err: msg = str(err)
    return e, msg
print(exc_scope())
for loop_var in range(3): pass
print(loop_var)
import math
def uses_math(): return math.floor(2.5)
print(uses_math())
def mutual_even(n): return n == 0 or mutual_odd(n - 1)
def mutual_odd(n): return n != 0 and mutual_even(n - 1)
print(mutual_even(10), mutual_odd(7))
