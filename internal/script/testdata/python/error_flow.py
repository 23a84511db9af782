def trace(f):
    events = []
    try: r = f(events.append)
    except Exception as e: r = 'raised ' + repr(e)
    print(f.__name__, r, events)
@trace
def finally_order(log):
    try:
        try: log(1); raise ValueError('x')
        finally: log(2)
    except ValueError: log(3)
    else: log('no')
    finally: log(4)
    return 5
@trace
def return_in_loop(log):
    for i in range(3):
        try:
            for j in range(3):
                try:
                    if j == 1: return (i, j)
                finally: log('inner %d' % j)
        finally: log('outer %d' % i)
@trace
def continue_in_finally_loop(log):
    for i in range(3):
        try:
            if i == 1: continue
            log(i)
        finally: log('f%d' % i)
    return 'done'
@trace
def exception_replaced(log):
    try:
        try: raise ValueError(1)
        finally: raise KeyError(2)
    except KeyError as e: return repr(e), repr(e.__context__)
@trace
def handler_raises(log):
    try:
        try: 1 / 0
        except ZeroDivisionError as e: log(str(e)); raise TypeError('new')
        finally: log('fin')
    except TypeError as e: return repr(e.__context__)
@trace
def nested_reraise(log):
    try:
        try: raise ValueError('a')
        except ValueError:
            try: raise KeyError('b')
            except KeyError: log('inner')
            raise
    except ValueError as e: return str(e)
@trace
def with_and_return(log):
    class M:
        def __init__(s, n): s.n = n
        def __enter__(s): log('enter' + s.n); return s
        def __exit__(s, *a): log('exit' + s.n)
    for i in range(2):
        with M('a'), M('b'):
            if i: return i
            continue
@trace
def with_in_loop_break(log):
    class M:
        def __enter__(s): log('in')
        def __exit__(s, *a): log('out')
    for i in range(3):
        with M():
            try:
                if i == 1: break
            finally: log('f')
    else: log('else')
    return i
@trace
def suppress(log):
    class S:
        def __enter__(s): return s
        def __exit__(s, t, v, tb): log(t.__name__ + str(v)); return t is ValueError
    with S(): raise ValueError(1)
    with S():
        with S(): raise KeyError(2)
@trace
def generator_cleanup(log):
    def g():
        try:
            yield 1
            yield 2
        except RuntimeError as e: log('caught ' + str(e)); yield 'after'
        finally: log('closed')
    it = g(); next(it); log(it.throw(RuntimeError('t'))); it.close()
    return list(it)
@trace
def yield_in_try(log):
    def g():
        for i in range(3):
            try: yield i
            finally: log(i)
    return list(g())
@trace
def loop_else(log):
    for i in range(3):
        try:
            if i == 5: break
        except Exception: pass
    else: log('else')
    while i:
        i -= 1
        try: continue
        finally: log(i)
    else: log('while else')
@trace
def bare_except(log):
    try: undefined_name
    except: log('bare')
    try: {}['k']
    except (ValueError, KeyError) as e: log(repr(e))
    try: raise IndexError
    except LookupError: log('lookup')
    raise StopIteration('s')
@trace
def uncaught_in_handler(log):
    try: raise ValueError('1')
    except ValueError as e:
        try: raise TypeError('2')
        except KeyError: log('no')
@trace
def deep_unwind(log):
    def level(n):
        try:
            if n == 0: raise RuntimeError('bottom')
            level(n - 1)
        finally: log(n)
    level(3)
@trace
def exception_attributes(log):
    class E(Exception):
        def __init__(self, a, b): super().__init__(a); self.b = b
    try: raise E(1, b=2)
    except E as e: return e.args, e.b, str(e), isinstance(e, Exception), e.with_traceback(None) is e
@trace
def assertion(log):
    assert [1], 'not raised'
    assert not [], log('never')
    assert 0, ('tuple', 1)
