def count(n):
    for i in range(n): yield i
print(list(count(3)), sum(count(5)), [*count(2)], dict(zip('ab', count(2))), max(count(4)), tuple(count(0)))
g = count(2); print(next(g), next(g), next(g, 'done'))
def echo():
    received = []
    while True:
        x = yield len(received)
        if x is None: return received
        received.append(x)
e = echo(); print(next(e), e.send('a'), e.send('b'))
try: e.send(None)
except StopIteration as s: print('value', s.value)
def sub():
    r = yield 1
    print('got', r)
    yield 2
    return 'result'
def deleg():
    v = yield from sub()
    print('sub returned', v)
    yield from [3, 4]
d = deleg(); print(next(d), d.send('sent'), list(d))
def fin():
    try:
        yield 1
        yield 2
    except GeneratorExit: print('exit'); raise
    finally: print('cleanup')
f = fin(); next(f); f.close()
def catch():
    while True:
        try: yield 'ok'
        except ValueError as e: yield 'caught %s' % e
c = catch(); print(next(c), c.throw(ValueError('x')), next(c))
print(sum(x * x for x in range(4)), list(x for x in 'abc' if x != 'b'), any(x > 2 for x in [1, 3]), ','.join(str(i) for i in range(3)))
def inf():
    n = 0
    while True:
        yield n
        n += 1
import itertools as it
print(list(it.islice(inf(), 3)), list(it.islice(inf(), 2, 8, 2)), list(it.chain([1], 'a', (2,))), list(it.product([1, 2], 'ab')), list(it.product([0, 1], repeat=2)))
print(list(it.permutations([1, 2, 3])), list(it.permutations('abc', 2)), list(it.combinations('abcd', 2)), list(it.combinations_with_replacement('ab', 2)), list(it.combinations([1], 2)))
print(list(it.accumulate([1, 2, 3])), list(it.accumulate([1, 2, 3], lambda a, b: a * b, initial=10)), list(it.takewhile(lambda x: x < 3, [1, 2, 5, 1])), list(it.dropwhile(lambda x: x < 3, [1, 2, 5, 1])), list(it.zip_longest([1, 2], 'a', fillvalue='-')))
print([(k, list(v)) for k, v in it.groupby('aabbb')], list(it.starmap(pow, [(2, 3), (3, 2)])), list(it.repeat(1, 3)), [next(c) for c in [it.cycle('ab')] for _ in range(3)], list(it.islice(it.count(5, 2), 3)), list(it.pairwise([1, 2, 3])))
class Countdown:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n == 0: raise StopIteration
        self.n -= 1
        return self.n
print(list(Countdown(3)), [x for x in Countdown(2)], 1 in Countdown(3), sorted(Countdown(3)))
class Tree:
    def __init__(self, v, kids=()): self.v, self.kids = v, kids
    def __iter__(self):
        yield self.v
        for k in self.kids: yield from k
print(list(Tree(1, [Tree(2, [Tree(3)]), Tree(4)])))
class Seq:
    def __getitem__(self, i):
        if i >= 3: raise IndexError
        return i * 10
print(list(Seq()), [x for x in Seq()])
g = (i for i in range(3)); print(next(g), list(g), list(g))
def stop():
    yield 1
    raise StopIteration
try: list(stop())
except RuntimeError as e: print(e)
it2 = iter([1, 2, 3]); print([(a, next(it2)) for a in it2 if a < 3] if False else list(zip(it2, it2)))
print(list(iter(lambda c=[0]: c.append(1) or len(c), 4)), next(iter('abc')), list(reversed([1, 2])))
try: next(iter([]))
except StopIteration as e: print('stop', repr(e), e.args)
