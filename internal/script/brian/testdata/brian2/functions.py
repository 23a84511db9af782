from brian2 import *
class Gain:
    @check_units(x=volt, result=volt)
    def times(self, x):
        return 3*x
Gain().times(2*mV)

@check_units(x=1, result=1)
def f(x):
    '''Adds one.'''
    return x + 1
(f.__name__, f.__doc__, f(2), callable(f))

c = Function(np.cosh, arg_units=[1], return_unit=1)
H = NeuronGroup(3, 'w : 1')
H.w = 'c(i)'
(H.w[:], c(0.0), isinstance(c, Function), isinstance(f, Function), c.stateless)

@implementation('cpp', 'double g(double x) { return x; }', headers=['<cmath>'])
@implementation('cython', 'cdef double g(double x): return x')
@check_units(x=volt, result=1)
def g(x):
    return x/mV
(isinstance(g, Function), g(5*mV), g.stateless)

H.w = 'g(i*mV) + g(1*mV)'
H.w['g(w*mV) > 1.5'] = 'f(w)'
H.w[:]

# A name of the group's namespace, and one of run().
G = NeuronGroup(2, 'dv/dt = h(t)*k(i)/second : 1', method='euler', namespace={'h': Function(lambda t: 2.0, arg_units=[second], return_unit=1)})
net = Network(G)
net.run(0.1*ms, namespace={'k': f})
G.v[:]

# A change between two runs is seen, an exception is the function's own.
def k(x):
    raise KeyError('no')
k = check_units(x=1, result=1)(k)
try:
    net.run(0.1*ms)
    text = 'no exception'
except Exception as e:
    text = 'an exception'
(text, G.v[:])

# State in a closure.
def counter():
    count = [0]
    @check_units(x=1, result=1)
    def next_one(x):
        count[0] += len(x)
        return x + count[0]
    return next_one
n = counter()
H.run_regularly('w = n(w)', dt=0.1*ms)
H.w = 0
Network(H).run(0.3*ms)
H.w[:]

# Synapses that reach the same neuron, and delays.
s = Function(lambda x, y: x*y, arg_units=[1, 1], return_unit=1)
P = SpikeGeneratorGroup(2, [0, 1, 0], [0, 0, 1]*ms)
T = NeuronGroup(3, 'x : 1')
S = Synapses(P, T, 'w : 1', on_pre='x_post += s(w, x_post + 1)')
S.connect()
S.w = '1 + i'
S.delay = 'j*0.1*ms'
Network(P, T, S).run(2*ms)
T.x[:]
