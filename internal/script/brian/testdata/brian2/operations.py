from brian2 import *

start_scope()
G = NeuronGroup(3, '''dv/dt = 1/ms : 1
x : 1
s : 1 (shared)
n : integer
k : integer (shared)''', threshold='v > 0.55', reset='v = 0', method='euler')
a = G.run_regularly('x += 1 + v')
b = G.run_regularly('''s += 10*t/ms
k += 1
n = i + k''', dt=0.2*ms)
c = G[1:].run_regularly('v = v + 0.01*i', dt=0.3*ms, when='end')
d = G.run_regularly('x *= 1.5', when='after_groups', order=2, name='later')
a.name, b.name, d.name, a.active
M = StateMonitor(G, ['v', 'x', 'n'], record=True)
run(0.7*ms)
M.v[:], M.x[:], M.n[:], G.s[:], G.k[:], G.v[:]

a.active = False
run(0.3*ms)
G.x[:], G.n[:], G.s[:]

start_scope()
P = SpikeGeneratorGroup(2, [0, 1], [0.1, 0.3]*ms)
H = NeuronGroup(3, 'u : 1\nz : 1')
S = Synapses(P, H, '''w : 1
total : 1 (shared)''', on_pre='u_post += w')
S.connect()
S.w = 'i + 10*j'
r = S.run_regularly('w += 1\nz_post += w', dt=0.2*ms)
q = S.run_regularly('total += 1')
run(0.5*ms)
S.w[:], H.u[:], H.z[:], S.total[:], r.name, q.name

start_scope()
E = NeuronGroup(2, 'dv/dt = I/ms : 1\nI : 1\ndw/dt = -w/tau : 1\ntau : second', method='exact' if False else 'euler')
E.tau = 1*ms
E.w = 1
seen = []

@network_operation
def change(t):
    seen.append((round(float(t/ms), 6), float(E.v[0])))
    E.I = t/ms + arange(2)
    if t > 0.35*ms:
        E.tau[1] = 0.5*ms

@network_operation(dt=0.2*ms, when='end')
def watch():
    seen.append(E.w[:][1])

run(0.6*ms)
seen, E.v[:], E.w[:], E.I[:]

change.name, watch.name, watch.when, change.active

change.active = False
seen.clear()
run(0.2*ms)
seen, E.v[:]

class Controller:
    def __init__(self):
        self.count = 0
    def update(self, t):
        self.count += 1
        if self.count == 3:
            stop()

start_scope()
F = NeuronGroup(1, 'v : 1')
control = Controller()
op = NetworkOperation(control.update, dt=0.1*ms)
net = Network(F, op)
net.run(1*ms)
control.count, net.t

start_scope()
K = NeuronGroup(1, 'v : 1')

@network_operation()
def failing():
    raise ValueError('no more')

try:
    run(1*ms)
except Exception as e:
    print(type(e).__name__, e)

start_scope()
spikes = []
L = SpikeGeneratorGroup(3, [0, 2, 1], [0.1, 0.1, 0.2]*ms)
N = SpikeMonitor(L)
O = NeuronGroup(3, 'v : 1')
T = Synapses(L, O, 'w : 1', on_pre='v_post += w', delay=0.1*ms)
T.connect('i == j')
T.w = 1

@network_operation(when='before_synapses')
def look(t):
    spikes.append(N.num_spikes)
    T.w += 1
    T.w['i == 2'] = 'w*2'

run(0.4*ms)
spikes, O.v[:], T.w[:]

def refused(f):
    try:
        f()
    except Exception as e:
        return type(e).__name__
    return 'fine'

def two(a, b):
    pass

def bad(code, **keywords):
    X = NeuronGroup(2, 'v : 1\ny : volt')
    X.run_regularly(code, **keywords)
    Network(X).run(0.1*ms)

refused(lambda: NetworkOperation(two)), refused(lambda: bad('v = 1', dt=1*mV)), refused(lambda: bad('v = 1', dt=1*ms, clock=defaultclock))
