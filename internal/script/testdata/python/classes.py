class Animal:
    kind = 'animal'
    count = 0
    def __init__(self, name):
        self.name = name
        Animal.count += 1
    def speak(self): return self.name + ' speaks'
    def __repr__(self): return f'{type(self).__name__}({self.name!r})'
    @classmethod
    def make(cls, n): return cls(n)
    @staticmethod
    def helper(x): return x * 2
    @property
    def upper(self): return self.name.upper()
    @upper.setter
    def upper(self, v): self.name = v.lower()
class Dog(Animal):
    kind = 'dog'
    def speak(self): return super().speak() + ' woof'
a, d = Animal('Cat'), Dog('Rex')
print(a, d, a.speak(), d.speak(), d.kind, Animal.kind, Animal.count, Dog.make('M'), d.helper(4), Animal.helper(3), d.upper)
d.upper = 'NEW'; print(d.name, d.upper, isinstance(d, Animal), isinstance(a, Dog), issubclass(Dog, Animal), type(d).__name__, Dog.__mro__[1].__name__, d.__class__ is Dog, hasattr(d, 'nope'), getattr(d, 'nope', 1), d.__dict__)
setattr(d, 'extra', 5); print(d.extra, vars(d)); del d.extra; print(hasattr(d, 'extra'))
class V:
    def __init__(s, x, y): s.x, s.y = x, y
    def __add__(s, o): return V(s.x + o.x, s.y + o.y)
    def __sub__(s, o): return V(s.x - o.x, s.y - o.y)
    def __mul__(s, k): return V(s.x * k, s.y * k) if isinstance(k, (int, float)) else NotImplemented
    __rmul__ = __mul__
    def __neg__(s): return V(-s.x, -s.y)
    def __eq__(s, o): return isinstance(o, V) and (s.x, s.y) == (o.x, o.y)
    def __lt__(s, o): return s.x < o.x
    def __hash__(s): return hash((s.x, s.y))
    def __bool__(s): return bool(s.x or s.y)
    def __len__(s): return 2
    def __getitem__(s, i): return (s.x, s.y)[i]
    def __setitem__(s, i, v): setattr(s, 'xy'[i], v)
    def __contains__(s, v): return v in (s.x, s.y)
    def __call__(s, *a): return ('called', a)
    def __str__(s): return f'<{s.x},{s.y}>'
    def __repr__(s): return f'V({s.x}, {s.y})'
    def __iadd__(s, o): s.x += o.x; return s
    def __abs__(s): return (s.x ** 2 + s.y ** 2) ** 0.5
    def __float__(s): return float(s.x)
    def __int__(s): return int(s.x)
    def __format__(s, spec): return f'fmt[{spec}]'
    def __truediv__(s, o): return ('div', o)
    def __rtruediv__(s, o): return ('rdiv', o)
    def __pow__(s, o): return ('pow', o)
    def __matmul__(s, o): return s.x * o.x + s.y * o.y
u, v = V(1, 2), V(3, 4)
print(u + v, u - v, u * 2, 3 * u, -u, u == V(1, 2), u != v, u < v, sorted([v, u]), hash(u) == hash(V(1, 2)), bool(V(0, 0)), len(u), u[0], list(u), 2 in u, u(1, 2), str(u), repr(u), [u], f'{u}', f'{u:abc}', f'{u!r}')
u[0] = 9; u += v; print(u, abs(V(3, 4)), float(u), int(u), u / 2, 2 / u, u ** 2, u @ v, {u: 1}[V(12, 2)], max(u, v), sum([u, v], V(0, 0)))
try: u * 'a'
except TypeError as e: print(e)
class Base:
    def hello(self): return 'base ' + self.name()
    def name(self): return 'B'
class Mixin:
    def name(self): return 'M+' + super().name()
class Child(Mixin, Base): pass
print(Child().hello(), [c.__name__ for c in Child.__mro__])
class Attr:
    def __getattr__(self, n):
        if n.startswith('dyn_'): return n[4:]
        raise AttributeError(n)
    def __setattr__(self, n, v): object.__setattr__(self, n, v) if False else self.__dict__.__setitem__(n, v * 2) if hasattr(self.__dict__, '__setitem__') else None
print(Attr().dyn_x, hasattr(Attr(), 'other'))
class Const:
    X = 1
    Y = X + 1
    L = [i for i in range(3)]
    def get(self): return self.X + self.Y
print(Const.Y, Const.L, Const().get(), Const.X)
class Outer:
    class Inner:
        def f(self): return 'inner'
print(Outer.Inner().f(), Outer.Inner.__qualname__)
class MyErr(Exception):
    def __init__(self, code, msg='m'):
        super().__init__(f'{code}: {msg}')
        self.code = code
class Sub(MyErr): pass
try: raise Sub(5)
except MyErr as e: print(e, e.code, e.args, repr(e), type(e).__name__)
class NoInit(ValueError): pass
try: raise NoInit('a', 'b')
except ValueError as e: print(e, repr(e), e.args)
def factory(n):
    class Local:
        val = n
        def get(self): return n + self.val
    return Local
print(factory(3)().get(), factory(4).val)
m = d.speak; print(m(), m.__self__ is d, Dog.speak(d))
class Ctx:
    def __enter__(self): return 'v'
    def __exit__(self, *a): return False
with Ctx() as c: print(c)
class Slots:
    __slots__ = ('a',)
    def __init__(self): self.a = 1
print(Slots().a)
class Empty: pass
e = Empty(); e.x = 1; e.y = [1]; e.y.append(2); e.x += 1; print(e.x, e.y)
print(type(5), type('a'), type(None).__name__, type([]) is list, int.__name__, str(int), isinstance(True, int), isinstance(5, (str, int)), type(Empty).__name__, Empty.__name__)
class Meta(type(e)): pass
print(issubclass(Meta, Empty))
class P:
    def __init__(self): self._v = 0
    @property
    def v(self):
        "doc"
        return self._v
    @v.setter
    def v(self, x):
        if x < 0: raise ValueError('negative')
        self._v = x
    @v.deleter
    def v(self): self._v = None
p = P(); p.v = 5; p.v += 1; print(p.v)
try: p.v = -1
except ValueError as ex: print(ex)
class Ro:
    @property
    def r(self): return 1
try: Ro().r = 2
except AttributeError as ex: print(ex)
