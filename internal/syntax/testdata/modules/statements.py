"""A module docstring."""
import os
import os.path as p, sys
from . import a
from .. import b as c
from ...d.e import (f, g as h,)
from x import *
x = 1
x = y = 2
x, y = y, x
(x, y) = [a, b] = z
*a, b = c
[a, *b] = c
x.y[0] = 1
x += 1; y -= 2
x **= 2; x //= 3; x >>= 1; x <<= 1; x &= 1; x |= 1; x ^= 1; x @= a; x %= 2; x /= 2; x *= 2
x: int
x: int = 3
x.y: float = 1.5
x = a if b else c
del x
del x, y[0], z.a
del (x, y)
assert x
assert x, 'message'
pass
raise
raise E
raise E('a') from b
global g1, g2
if a: pass
if a:
    x
elif b:
    y
elif c:
    z
else:
    w
if a:
    if b:
        c
    else:
        d
for i in range(3): print(i)
for i, j in a, b:
    continue
else:
    break_ = 1
for i, in x:
    for j in y:
        break
    else:
        pass
for x.a, *b in *c, d:
    pass
while True:
    break
while x := f():
    x
else:
    y
try:
    a
except:
    b
try:
    a
except E:
    b
except (E, F) as e:
    c
else:
    d
finally:
    e
try:
    a
finally:
    b
with a: b
with a as b, c as (d, e):
    f
with (a as b, c):
    d
with (a, b) as c:
    d
with (a):
    b
with (a).b() as c:
    d


def f():
    return


def f(a, b=1, /, c: int = 2, *args, d, e=3, **kwargs) -> int:
    "the doc"
    return a, b


@dec
@dec(1).x
def g(*, a): yield a


def h():
    x = yield
    y = yield x, 1
    z = yield from g()
    nonlocal_ = 1
    def inner():
        nonlocal x
        return x
    return inner


class A: pass


class B(A, metaclass=M):
    'doc'
    x = 1

    def m(self):
        return self.x


@dec
class C(): y: int = 1
x = [
    1,  # comment
    2,

    3]
y = a + \
    b
s = """one
two \
three"""
if x:
	tab = 1
	if y:
		tab2 = 2
  # a comment at an odd place
z = 1
if a:
    b

    # comment

    c
# end
