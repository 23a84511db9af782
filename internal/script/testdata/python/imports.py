import sibling_module
import sibling_module as sm
from sibling_module import double, VALUE as V
from sibling_module import *
import math, os.path, sys
from os import path
print(sibling_module.double(2), sm is sibling_module, double(3), V, VALUE, Thing(), sm.__name__, sm.__doc__, '_private' in dir(), 'get' in globals())
sm.VALUE = 7; print(sm.get(), VALUE, sibling_module.VALUE)
print(os.path.join('a', 'b.txt'), path.basename('/x/y.z'), os.path.splitext('a/b.tar.gz'), os.path.dirname('/a/b'), os.path.exists('nope'), os.path.split('a/b'), os.path.join('a', '/b'), os.path.isfile('imports.py'))
def inside():
    import math as m
    from math import pi, sqrt as root
    return m.floor(pi), root(4)
print(inside(), math.pi is math.pi, 'math' in dir(), hasattr(math, 'sqrt'), getattr(math, 'nope', None))
with open('sibling_module.py') as f:
    first = f.readline(); rest = f.read()
print(repr(first), len(rest.splitlines()), f.closed if hasattr(f, 'closed') else True)
with open('sibling_module.py') as f: print([l.strip() for l in f][:2])
print(open('sibling_module.py').readlines()[1])
sys.stdout.write('written\n'); sys.stdout.flush(); print('to stdout', file=sys.stdout)
import copy
a = [1, [2, 3], {'k': [4]}]; b = copy.copy(a); c = copy.deepcopy(a); a[1].append(9); a[2]['k'].append(5); print(b, c, b[1] is a[1], c[1] is a[1])
from operator import itemgetter, attrgetter, add
print(sorted([(1, 'b'), (2, 'a')], key=itemgetter(1)), add(1, 2), itemgetter(0, 1)([5, 6]), attrgetter('real')(5))
import random
random.seed(42); print(random.random(), random.randint(1, 6), random.uniform(0, 10), random.choice('abc'), [random.randrange(0, 100, 7) for _ in range(3)])
random.seed(7); l = list(range(10)); random.shuffle(l); print(l, random.sample(range(100), 5), random.sample(range(1000), 3), random.choices([1, 2, 3], k=4), random.choices('ab', weights=[1, 9], k=5))
random.seed(123456789012345678901234567890); print([round(x, 12) for x in (random.gauss(0, 1), random.gauss(0, 1), random.normalvariate(5, 2), random.expovariate(2))], random.getrandbits(70), random.getrandbits(5))
import time
t = time.time(); time.sleep(0.001); print(time.time() > t, time.perf_counter() - time.perf_counter() <= 0)
import string
print(string.ascii_lowercase, string.digits, eval('1 + V'), eval('x * 2', {'x': 4}))
exec('created = 5'); print(created)
globals()['made'] = 3; print(made, 'made' in globals(), locals() is not None)

from typing import List, Optional
def typed(x: List[int], y: Optional[str] = None) -> List: return x
print(typed([1]))
print(__name__)
