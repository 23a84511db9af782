from brian2 import *
G = NeuronGroup(3, '''dv/dt = -v/(10*ms) : volt
x : 1
n : integer
s : volt (shared)
y = 2*v : volt''', threshold='v > 1*mV', reset='v = 0*mV', method='exact')
H = NeuronGroup(3, 'v : 1')
S = Synapses(G, G, 'w : 1', on_pre='v += w*mV')

G.v = 1

G.v = [1, 2]*mV

G.v[0] = 1

G.vv

G.foo = 3

G.y = 3*mV

G.v = '1'

G.v = 'foo*mV'

G.v += '1*mV'

G.i = 3

G.s = 'v'

S.w = 3

S.connect(i=[0, 1], j=[0, 1, 2])

S.connect(i=5, j=0)

S.connect(3)

S.connect(p=2)

S.connect(j='i + 1')

S.connect('k for k in range(3)')

S.conect(p=1)

NeuronGroup(0, 'v : 1')

NeuronGroup('3', 'v : 1')

NeuronGroup(3, 'v : 1', treshold='v > 1')

NeuronGroup(3, 'v : 1', reset='v = 0')

NeuronGroup(3, 'v : 1', refractory=3)

NeuronGroup(3, 'dv/dt = : 1')

NeuronGroup(3, 'v : mV')

Synapses(G, H, on_post='v += 1')

Synapses(G, G, pre='v += 1')

StateMonitor(G, 'foo', record=True)

StateMonitor(G, 'v', record=[5])

StateMonitor(G, 'v')

SpikeMonitor(H)

PoissonGroup(3, 5)

SpikeGeneratorGroup(3, [5], [1]*ms)

TimedArray([1, 2], dt=1)

run(3)

run(-1*ms)

Network(3)

defaultclock.dt = 3*mV

prefs.codegen.targett = 'numpy'

prefs.core.default_float_dtype = int32

set_device('cpp')

restore('never')

G.set_states({'vv': 3})

ExplicitStateUpdater('x_new = y')

NeuronGroup(1, 'v : 1', method=['euler', 3])

gsl_rk4.anything

SpatialNeuron

Cylinder.anything

f = 3*mV

e = Equations('dv/dt = f(v) : 1')
def f(x):
    return x
K = NeuronGroup(1, e)
Network(K).run(1*ms)

tau = [1, 2]*ms
K = NeuronGroup(1, 'dv/dt = -v/tau : 1')
Network(K).run(1*ms)

K = NeuronGroup(1, 'dv/dt = -v/tauu : 1')
tau = 10*ms
Network(K).run(1*ms)

start_scope()
A = NeuronGroup(1, 'dv/dt = -v/tau : 1', method='euler')
run(1*ms)
B = NeuronGroup(1, 'v : 1')
run(1*ms)

m = StateMonitor(A, 'v', record=True)
del B
run(1*ms)
m.v.shape

start_scope()
spikes = SpikeMonitor(NeuronGroup(1, 'v : 1', threshold='v > 1', reset='v = 0'))
run(1*ms)

net = Network(A)
net.run(1*ms)

Network(NeuronGroup(1, 'v : 1'))['neurongroupp']

G['v > 1']

L = NeuronGroup(1, 'dv/dt = v/ms : 1', method='euler')
L.v = 1e40
Network(L).run(200*ms)

m.v[0, 0] = 3
spikes.t[0] = 3*ms

StateMonitor(L, 'v', record=True, dtype='int32')

N = 2
v = 3*mV
y = G.y
connecting = Synapses(G, G, 'w : 1')
connecting.connect(condition='i < N')
connecting.connect(condition='i < N + 2')
print(len(connecting))
G.x = 'v/mV'
G.x = 'v/mV + y/mV'
