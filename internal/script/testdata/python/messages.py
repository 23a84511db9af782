def t(name, f):
    try: print(name, '->', repr(f()))
    except Exception as e: print(name, '->', type(e).__name__ + ':', e)
def two(a, b): pass
def opt(a, b=1): pass
def kw(*, k, j): pass
class C:
    def m(self): pass
    def __init__(self, a): pass
cases = '''1//0|1%0|1/0|1.0/0|1.0//0|1.0%0|0**-1|0.0**-1|1<<-1|10**400/1.0|10.0**400|'a'+1|1+'a'|[1]+(2,)|'a'*2.0|'a'<1|[1]<[2,'a']|None+1|-'a'|~1.5|1@2|{}|1|1 in 3|1 in 'abc'|abs('a')|(1).x|None.x|[].foo|int('a')|int('1.5')|float('x')|[1][5]|'a'[5]|(1,)[2]|{}['a']|[1]['a']|[1][1.0]|{[]:1}|len(5)|5()|None()|int([])|range(1.0)|sum(['a'])|max([])|min()|'a'.join([1])|ord('ab')|chr(-1)|int(float('inf'))|int(float('nan'))|'{} {}'.format(1)|'{a}'.format(1)|f'{1:s}'|f'{"a":d}'|f'{1.5:d}'|[].pop()|[1].remove(2)|[1].index(5)|(1,).index(5)|'a'.index('b')|{}.pop('a')|set().pop()|{1}.remove(2)|isinstance(1,'a')|(1,2)+[1]|[1,2][::0]|int.foo|len()|len(1,2)|sorted([1,'a'])|abs()|zip(1)|dict(1)|dict([1])|dict([[1]])|list(1)|'abc'.foo|two(1)|two()|two(1,2,3)|opt()|opt(1,2,3)|two(1,b=2,c=3)|two(1,a=2)|kw()|kw(1)|kw(k=1)|(lambda a:1)(b=1)|C()|C(1,2)|C(1).m(1)|C(1).nope|C.nope|divmod(1.0,0)|divmod(1,0)|{1,2}+{3}|[3]-[1]|b'a'+'a'|'%'%1|'%z'%1|'%(a)s'%1|'%s %s'%(1,)|'%d'%'a'|'%s'%(1,2)|iter(5)|next(5)|float([])|float(None)|int(None)|'abc'.split('')|[1,2].index()|round('a')|pow(2,3,0)|1 < None|None < 1|[] < 5|{} < {}|(1).foo()|'a' - 'b'|[1,2,3]['0']|{}[[]]|set([[]])|str.upper()|str.upper(1)|set.copy([1])|"x" in 5|not_defined|print(1,sep=2)|range(0,1,0)|range()|range(1,2,3,4)|list.append()|complex('x')|1j<2j|1j//2|float('1_0')|int('1__0')|bytes([300])|"{:>{w}}".format(1)|"{0} {}".format(1)|"{".format()|"}".format()|hash([])|hash({})|next(iter([]))|getattr(1,'x')|(1,2).append(3)|(1,2)[0:1][5]|object().x|type('a').y|reversed(5)|reversed({1})|enumerate(5)|map()|map(5)|filter(None,5)|sum(5)|sum([1],'a')|sum(['a'],'')|min(1)|max(1,'a')|any(5)|issubclass(1,int)|1 if [].x else 2|ord(5)|chr('a')|hex('a')|hex(1.5)|round(1.5,'a')|[1]*'a'|(5).real.x|'abc'[1:2:0]|'abc'['a']|(1,2)['a']|range(5)['a']|range(5)[10]|b'ab'[5]'''
for c in cases.replace('{}|1|', '{}\\1|', 1).split('|'):
    c = c.replace('\\', '|')
    t(c, eval('lambda: ' + c))
try: a, b = 1, 2, 3
except ValueError as e: print(e)
try: a, b = [1]
except ValueError as e: print(e)
try: a, *b, c = [1]
except ValueError as e: print(e)
try: a, b = 5
except TypeError as e: print(e)
try: (1, 2)[0] = 5
except TypeError as e: print(e)
try: 'abc'[0] = 'x'
except TypeError as e: print(e)
try: del (1, 2)[0]
except TypeError as e: print(e)
try: [1][5] = 1
except IndexError as e: print(e)
try: del [1][5]
except IndexError as e: print(e)
try: {}[[]] = 1
except TypeError as e: print(e)
try: [1, 2, 3][::2] = [1]
except ValueError as e: print(e)
try: [1][0:1] = 5
except TypeError as e: print(e)
try: (5).x = 1
except AttributeError as e: print(e)
try:
    for x in 5: pass
except TypeError as e: print(e)
try: print(*5)
except TypeError as e: print(e)
try: two(**5)
except TypeError as e: print(e)
try: two(**{'a': 1}, **{'a': 2})
except TypeError as e: print(e)
try: two(*[1], **{'b': 2, 'c': 3})
except TypeError as e: print(e)
try:
    with 5: pass
except TypeError as e: print(e)
try: x = 1; x += 'a'
except TypeError as e: print(e)
try: x = []; x += 5
except TypeError as e: print(e)
try: x = 'a'; x += 5
except TypeError as e: print(e)
try: del undefined
except NameError as e: print(e)
def local():
    print(later)
    later = 1
try: local()
except UnboundLocalError as e: print(e)
def free():
    def g(): return v
    g()
    v = 1
try: free()
except NameError as e: print(e)
try: pass
except TypeError as e: print('type')
try:
    class D(5): pass
except TypeError as e: print('base')
try: raise ValueError from 5
except TypeError as e: print(e)
