def f(a, b=2, *args, c=3, d, **kw): return a, b, args, c, d, kw
print(f(1, d=4), f(1, 2, 3, 4, c=5, d=6, e=7), f(*[1, 2, 3], **{'d': 4, 'z': 5}))
def g(x, /, y, *, z=0): return x, y, z
print(g(1, 2), g(1, y=2, z=3))
def default(l=[]): l.append(1); return l
print(default(), default())
print((lambda: 5)(), (lambda x, y=2: x + y)(1), (lambda *a, **k: (a, k))(1, b=2))
def counter():
    n = 0
    def inc(by=1):
        nonlocal n
        n += by
        return n
    def get(): return n
    return inc, get
inc, get = counter(); inc(); inc(5); print(get())
fs = [lambda: i for i in range(3)]; print([h() for h in fs]); fs = [lambda i=i: i for i in range(3)]; print([h() for h in fs])
def deco(fn):
    def wrapper(*a, **k): return 'wrapped ' + str(fn(*a, **k))
    return wrapper
@deco
def dec(x): return x
print(dec(3), dec.__name__)
def with_arg(n):
    def d(fn): return lambda *a: fn(*a) * n
    return d
@with_arg(3)
@with_arg(2)
def two(): return 1
print(two())
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(15), [fib(i) for i in range(10)])
def doc():
    "the docstring"
    return 1
print(doc.__doc__, doc.__name__, f.__defaults__, callable(doc), callable(5)); doc.attr = 5; print(doc.attr)
def outer():
    x = 1
    def mid():
        def inner(): return x
        return inner
    x = 2
    return mid()()
print(outer())
def varargs(first, *rest): return first, rest
print(varargs(1), varargs(*'abc'), varargs(1, *[2], 3))
def kwonly(*, a, b=1): return a + b
print(kwonly(a=1), kwonly(b=5, a=2))
from functools import reduce, partial, wraps, lru_cache
print(reduce(lambda a, b: a * b, [1, 2, 3, 4]), reduce(lambda a, b: a + b, [], 5), partial(f, 1, d=2)(9), partial(int, base=2)('101'))
def traced(fn):
    @wraps(fn)
    def w(*a): return fn(*a)
    return w
@traced
def named(): "doc"
print(named.__name__, named.__doc__)
calls = []
@lru_cache(maxsize=None)
def slow(n): calls.append(n); return n * 2
print(slow(2), slow(2), calls)
def ann(x: int, y: 'str' = 'a') -> float: return x
z: int = 5
print(ann(1), z)
def rec(d): return rec(d - 1) if d else 'bottom'
print(rec(500))
print(sorted([5, 2, 9], key=lambda v: (v % 2, v)), list(map(max, [1, 5], [3, 2])), (lambda f: f(f))(lambda f: 'self'))
def swap(a, b): return b, a
a, b = swap(1, 2); print(a, b)
def closure_loop():
    out = []
    for i in range(3):
        def f(): return i
        out.append(f)
    return [f() for f in out]
print(closure_loop())
def uses_later(): return later()
def later(): return 'later'
print(uses_later())
def shadow(print=5): return print
print(shadow())
def comp_scope():
    x = 10
    return [x + y for y in range(2)], {k: x for k in 'a'}, list(x * v for v in (1, 2)), [[i * j for j in range(2)] for i in range(2)]
print(comp_scope())
