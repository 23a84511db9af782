from brian2 import *

tau = 10*ms
G = NeuronGroup(2, 'dv/dt = (2*mV - v)/tau : volt', threshold='v > 1*mV', reset='v = 0*mV', method='exact')
G.v = [0, 0.5]*mV
M = StateMonitor(G, 'v', record=True)
S = SpikeMonitor(G)
R = PopulationRateMonitor(G)
run(10*ms)
S.i, S.t, S.count, S.num_spikes, S.N, len(S.t)

M, S, R

M.t, M.t[:3], M.v[:, :3], M.v.shape, M[0].v[-2:], M[1].t[-1], M.v[1][:2], M[[0, 1]].v.shape, M[0]

M.v_[0, :2], M[0].v_[:2], S.t_, S.count[:]

S.spike_trains(), S.it

R.rate[60:80], R.t[-1], len(R.rate), R.smooth_rate(window='flat', width=1*ms)[65:72]

R.smooth_rate(window='gaussian', width=0.5*ms)[65:72]

S.t[S.i == 1], S.i[S.t > 5*ms], max(S.i), S.t/ms, diff(S.t[:])

G.t, defaultclock.t, defaultclock.dt, G.t/ms

run(10*ms)
G.t, S.num_spikes, len(M.t)

x = M.v
x[0, 0] = 99*mV
M.v[0, 0]

y = M[0].v[:]
y[0] = 5*mV
M[0].v[0], y[0]

M[5]

start_scope()
N = NeuronGroup(3, 'dx/dt = 1/ms : 1', threshold='x > 0.45', reset='x = 0')
mon = StateMonitor(N, 'x', record=[0, 2], dt=0.2*ms)
net = Network(N, mon)
net.run(1*ms)
net.t, mon.x, mon.t, mon.record, mon.n_indices, mon[2].x, mon.record_variables

mon[1]

net.store()
net.run(0.5*ms)
net.t, N.x[:], len(mon.t)

net.restore()
net.t, N.x[:], len(mon.t)

net.store('later')
N.x = 0.3
net.restore('later')
N.x[:], N in net if False else None, net['neurongroup'] if False else None

def inside(rate):
    K = NeuronGroup(1, 'dz/dt = rate : 1', method='euler')
    run(1*ms)
    return K.z[0]
start_scope()
inside(1/ms), inside(2/ms)

def explicit(rate):
    K = NeuronGroup(1, 'dz/dt = rate : 1', method='euler')
    net = Network(K)
    net.run(1*ms)
    return K.z[0], net.t
explicit(1/ms), explicit(3/ms)

groups = [NeuronGroup(1, 'dz/dt = 1/ms : 1', method='euler', name=f'group_{k}') for k in range(3)]
net = Network(groups)
net.run(0.3*ms)
[g.z[0] for g in groups], sorted(o.name for o in net.objects)

k = 1
start_scope()
A = NeuronGroup(1, 'dz/dt = k/ms : 1', method='euler')
run(1*ms)
k = 10
run(1*ms)
A.z[0]

B = NeuronGroup(1, 'dz/dt = rate : 1', namespace={'rate': 5/ms}, method='euler')
Network(B).run(1*ms, namespace={'rate': 99/ms})
B.z[0]

start_scope()
I = TimedArray([1, 0, 3]/ms, dt=1*ms)
C = NeuronGroup(1, 'dz/dt = I(t) : 1', method='euler')
run(3*ms)
C.z[0]

start_scope()
defaultclock.dt = 0.5*ms
D = NeuronGroup(1, 'dz/dt = 1/ms : 1', method='euler')
m = StateMonitor(D, 'z', record=0)
run(2*ms)
m.z[0], defaultclock.dt, m.t/ms

defaultclock.dt = 0.1*ms
start_scope()
src = SpikeGeneratorGroup(2, [0, 1, 0], [1, 2, 3]*ms)
tgt = NeuronGroup(2, 'v : 1')
syn = Synapses(src, tgt, 'w : 1', on_pre='v += w')
syn.connect(j='i')
syn.w = [1, 10]
syn.delay = '0.5*ms*(i + 1)'
sm = SpikeMonitor(src)
run(5*ms)
tgt.v[:], sm.t/ms, sm.i[:], syn.delay[:]

syn.active = False
src.set_spikes([0], [6]*ms)
run(5*ms)
tgt.v[:], sm.num_spikes

run(1*ms, report='foo')

collect() == {src, tgt, syn, sm}

e = Equations('''dv/dt = (I - v)/tau : volt
I : volt''', tau=5*ms)
e + 'x : 1', len(e + 'x : 1'), sorted(e.names), e.diff_eq_names

q = NeuronGroup(1, e)
q.I = 5*mV
net = Network(q)
net.run(1*ms)
q.v[0]

class Model:
    def __init__(self):
        self.group = NeuronGroup(1, 'dz/dt = 2/ms : 1', method='euler')
        self.net = Network(self.group)
    def go(self):
        self.net.run(1*ms)
        return self.group.z[0]
Model().go()

seed(3)
a1 = rand(2)
seed(3)
a2 = rand(2)
np.random.seed(3)
a3 = rand(2)
all(a1 == a2), all(a1 == a3)

set_device('runtime')
prefs.codegen.target = 'numpy'
prefs['codegen.target']
