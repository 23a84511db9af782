class Matrix:
    def __init__(self, rows): self.rows = rows
    def __getitem__(self, key):
        if isinstance(key, tuple):
            r, c = key
            if isinstance(r, slice): return [row[c] for row in self.rows[r]]
            return self.rows[r][c]
        return self.rows[key]
    def __setitem__(self, key, v): self.rows[key[0]][key[1]] = v
    def __delitem__(self, key): del self.rows[key]
    def __len__(self): return len(self.rows)
    def __iter__(self): return iter(self.rows)
    def __eq__(self, o): return self.rows == o.rows
    def __reversed__(self): return reversed(self.rows)
m = Matrix([[1, 2], [3, 4], [5, 6]])
print(m[0, 1], m[1], m[:, 0], m[1:, 1], len(m), [r[0] for r in m], list(reversed(m)), m == Matrix([[1, 2], [3, 4], [5, 6]]), m[..., 0] if False else m[-1][-1])
m[0, 0] = 9; m[0, 0] += 1; del m[1]; print(m.rows, bool(m), [3, 4] in m, m[::2])
class Temp:
    def __init__(self, c): self.c = c
    def __lt__(self, o): return self.c < o.c
    def __le__(self, o): return self.c <= o.c
    def __gt__(self, o): return self.c > o.c
    def __repr__(self): return 'T%g' % self.c
    def __radd__(self, o): return Temp(self.c + o)
    def __rsub__(self, o): return o - self.c
    def __floordiv__(self, o): return 'floor'
    def __mod__(self, o): return 'mod'
    def __divmod__(self, o): return 'dm'
    def __and__(self, o): return 'and'
    def __or__(self, o): return 'or'
    def __xor__(self, o): return 'xor'
    def __lshift__(self, o): return 'ls'
    def __rshift__(self, o): return 'rs'
    def __invert__(self): return 'inv'
    def __pos__(self): return 'pos'
    def __round__(self, n=None): return ('round', n)
    def __index__(self): return int(self.c)
    def __complex__(self): return 1j
    def __contains__(self, x): return x == 'in'
    def __enter__(self): return self
    def __exit__(self, *exc): print('exit', exc[0] and exc[0].__name__); return True
ts = [Temp(3), Temp(1), Temp(2)]
print(sorted(ts), min(ts), max(ts), 5 + Temp(1), 5 - Temp(1), Temp(1) // 2, Temp(1) % 2, Temp(1) & 1, Temp(1) | 1, Temp(1) ^ 1, Temp(1) << 1, Temp(1) >> 1, ~Temp(1), +Temp(1), round(Temp(1)), round(Temp(1), 2), [10, 20, 30][Temp(1)], 'in' in Temp(1), Temp(1) <= Temp(2), sum([1, 2], Temp(3)))
with Temp(1) as t: raise KeyError('inside')
class Meth:
    def __init__(self): self.calls = []
    def __getattr__(self, name):
        def method(*args): self.calls.append((name, args)); return self
        return method
mm = Meth(); mm.a(1).b(2, 3).c(); print(mm.calls)
class Base:
    registry = []
    def __init_subclass__(cls, **kw): Base.registry.append(cls.__name__)
    def template(self): return self.hook() + '!'
    def hook(self): return 'base'
class One(Base):
    def hook(self): return 'one>' + super().hook()
class Two(One):
    def hook(self): return 'two>' + super().hook()
print(Base.registry, Two().template(), [k.__name__ for k in Two.__mro__])
class D1:
    def who(self): return 'D1'
class L(D1):
    def who(self): return 'L' + super().who()
class R(D1):
    def who(self): return 'R' + super().who()
class Diamond(L, R):
    def who(self): return 'X' + super().who()
print(Diamond().who(), isinstance(Diamond(), R), issubclass(Diamond, (int, D1)))
try:
    class Bad(D1, L): pass
except TypeError as e: print('TypeError')
class WithClassMethods:
    total = 0
    @classmethod
    def add(cls, n): cls.total += n; return cls.total
    @staticmethod
    def util(a, b=2): return a * b
    @property
    def doubled(self): return self.total * 2
    def __call__(self, x): return x + 1
w = WithClassMethods(); print(w.add(2), WithClassMethods.add(3), w.util(4), WithClassMethods.util(1, b=5), w.doubled, list(map(w, [1, 2])))
class Eq:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return NotImplemented if not isinstance(o, Eq) else self.v == o.v
print(Eq(1) == Eq(1), Eq(1) != Eq(2), Eq(1) == 5, Eq(1) in [Eq(2), Eq(1)], [Eq(1)] == [Eq(1)], [Eq(1), Eq(2)].index(Eq(2)), [Eq(1)].count(Eq(1)))
try: hash(Eq(1))
except TypeError as e: print(e)
class Str:
    def __str__(self): return 'str!'
print(str(Str()), f'{Str()}', '%s' % Str(), '{}'.format(Str()), [Str()].__class__.__name__)
f = One.hook; print(f(One()), One.hook.__name__, One().hook.__func__ is One.__dict__['hook'])
print(getattr(w, 'total'), hasattr(w, 'missing'), callable(w), callable(5), [a for a in dir(w) if not a.startswith('_')])
