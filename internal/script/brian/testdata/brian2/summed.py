from brian2 import *

start_scope()
defaultclock.dt = 0.1*ms
G = NeuronGroup(3, '''dv/dt = (x - v)/(2*ms) : 1
x : 1
n : integer''', method='euler')
H = NeuronGroup(4, 'u : 1\nn : integer')
H.u = '1 + i'
G.x = 7
G.n = 5
S = Synapses(H, G, '''w : 1
x_post = w*u_pre : 1 (summed)
n_post = n_pre + 1 : integer (summed)''')
S.connect(i=[0, 1, 2, 3, 3], j=[0, 0, 1, 1, 1])
S.w = 'i + 0.5'
M = StateMonitor(G, ['x', 'v', 'n'], record=True)
run(0.4*ms)
M.x[:], M.v[:], M.n[:], G.x[:], G.n[:]

H.u += 1
run(0.2*ms)
M.x[:], G.v[:]

S.x_post[:], S.w[:], S.summed_updaters if False else None

start_scope()
A = NeuronGroup(5, '''dv/dt = Igap/ms : 1
Igap : 1''', method='euler')
A.v = 'i*i'
gap = Synapses(A, A, '''g : 1
Igap_post = g*(v_pre - v_post) : 1 (summed)''')
gap.connect('abs(i - j) == 1')
gap.g = '0.1 + 0.05*i'
B = StateMonitor(A, ['v', 'Igap'], record=[0, 2])
run(1*ms)
A.v[:], A.Igap[:], B.v[:], B.Igap[:]

start_scope()
C = NeuronGroup(4, '''total : 1
before : 1
y : 1''')
C.before = 'i + 1'
back = Synapses(C, C, '''total_pre = before_post : 1 (summed)
before_post = 2*before_pre : 1 (summed)''')
back.connect('i < j')
run(0.1*ms)
C.total[:], C.before[:]

run(0.1*ms)
C.total[:], C.before[:]

start_scope()
D = NeuronGroup(6, 'x : 1')
one = Synapses(D[:2], D[2:4], '''q : 1
x_post = 1 + q : 1 (summed)''')
one.connect()
two = Synapses(D, D[4:], 'x_post = 10*(i + 1) : 1 (summed)')
two.connect('i < 3')
one.q = 'i + 10*j'
D.x = -1
run(0.1*ms)
D.x[:]

one.active = False
D.x = 5
run(0.1*ms)
D.x[:]

start_scope()
E = NeuronGroup(2, 'x : 1')
F = SpikeGeneratorGroup(2, [0, 1], [0.1, 0.3]*ms)
syn = Synapses(F, E, '''dg/dt = -g/ms : 1 (clock-driven)
x_post = g : 1 (summed)''', on_pre='g += 1', method='exact')
syn.connect()
N = StateMonitor(E, 'x', record=True)
run(0.6*ms)
N.x[:]

def refused(model, target='x : 1\ny : volt\nz = 1 : 1\nb : boolean', extra=''):
    P = NeuronGroup(2, target)
    try:
        Q = Synapses(P, P, model)
        Q.connect()
        if extra:
            R = Synapses(P, P, extra)
            R.connect()
            Network(P, Q, R).run(0*ms)
        else:
            Network(P, Q).run(0*ms)
    except Exception as e:
        return type(e).__name__
    return 'fine'

refused('x = 1 : 1 (summed)'), refused('q_post = 1 : 1 (summed)'), refused('z_post = 1 : 1 (summed)'), refused('y_post = 1 : 1 (summed)')

refused('x_post = 1 : 1 (summed)\nx_pre = 2 : 1 (summed)'), refused('x_post = 1 : 1 (summed)', extra='x_post = 2 : 1 (summed)')

refused('da/dt = -a/ms : 1 (event-driven)\nx_post = a : 1 (summed)'), refused('x_post = 1 : 1 (summed, shared)'), refused('x_post : 1')
