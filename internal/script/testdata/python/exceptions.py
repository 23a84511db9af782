def t(f, *a):
    try: return f(*a)
    except Exception as e: return type(e).__name__ + ': ' + str(e)
try: raise ValueError('a')
except (TypeError, ValueError) as e: print('caught', e)
try: [][1]
except LookupError as e: print(type(e).__name__)
try:
    try: 1 / 0
    except ZeroDivisionError: raise KeyError('inner')
except KeyError as e: print(e, repr(e.__context__), e.__cause__)
try:
    try: 1 / 0
    except ZeroDivisionError as z: raise RuntimeError('outer') from z
except RuntimeError as e: print(e, repr(e.__cause__))
def f():
    try: return 'try'
    except Exception: return 'except'
    else: return 'else'
    finally: print('finally', end=' ')
print(f())
try: pass
except Exception: print('no')
else: print('else ran')
finally: print('finally ran')
def nested():
    try:
        try: raise ValueError(1)
        finally: print('inner finally', end=' ')
    except ValueError as e: return 'outer %s' % e
print(nested())
try:
    try: raise ValueError('re')
    except ValueError: raise
except ValueError as e: print('reraised', e)
e = 5
try: raise ValueError
except ValueError as e: pass
try: print(e)
except NameError as x: print(x)
try: raise Exception('a', 1)
except Exception as ex: print(ex, ex.args)
print(repr(ValueError()), repr(ValueError('a')), repr(KeyError('k')), str(KeyError('k')), str(ValueError()), ValueError('x').args)
for exc in [ValueError, KeyError, IndexError, TypeError, ZeroDivisionError, OSError, FileNotFoundError, ModuleNotFoundError, RecursionError, NotImplementedError, UnicodeError, KeyboardInterrupt, StopIteration, AssertionError]:
    print(exc.__name__, [b.__name__ for b in exc.__mro__][1:], end=' ')
print()
def loop():
    for i in range(3):
        try:
            if i == 1: raise ValueError(i)
            print('ok', i, end=' ')
        except ValueError as e:
            print('err', e, end=' ')
            continue
        finally: print('fin', i, end=' ')
    print()
loop()
def deep(n):
    if n == 0: raise RuntimeError('deep')
    deep(n - 1)
print(t(deep, 5))
def inf(): return inf()
try: inf()
except RecursionError as e: print(type(e).__name__, str(e)[:32])
def gen():
    try: yield 1
    finally: print('gen finally')

try: raise 5
except TypeError as e: print(e)
try:
    try: raise ValueError
    except 5: pass
except TypeError as e: print(e)
try: open('does-not-exist.txt')
except FileNotFoundError as e: print('FileNotFoundError')
try: import nonexistent_module_xyz
except ImportError as e: print(type(e).__name__, e)
try: from math import nope
except ImportError as e: print('ImportError')
class A(Exception): pass
class B(A): pass
for c in (A, B):
    try: raise c('x')
    except B: print('B', end=' ')
    except A: print('A', end=' ')
print()
def ff():
    try: raise ValueError('lost')
    finally: return 'swallowed'
print(ff())
def g():
    for i in range(2):
        try: raise ValueError
        except ValueError: break
    return i
print(g())
try: raise SystemExit(3)
except SystemExit as e: print('exit', e.args)
try: raise ValueError('with note') from None
except ValueError as e: print(e, e.__suppress_context__ if hasattr(e, '__suppress_context__') else True)
raise ValueError('final ' + str(1))
