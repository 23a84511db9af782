from brian2 import *

start_scope()
P = SpikeGeneratorGroup(1, [0, 0], [0.1, 0.3]*ms)
G = NeuronGroup(1, 'digits : 1', threshold='digits > 10000', reset='digits += 0.5')
A = Synapses(P, G, on_pre={'one': 'digits_post = digits_post*10 + 1', 'two': 'digits_post = digits_post*10 + 2', 'three': 'digits_post = digits_post*10 + 3'})
A.connect()
A.one.order, A.one.when, A.two

A.one.order = 5
A.two.order = -7
A.three.when = 'end'
A.one, A.three.when, A.three.order
run(0.5*ms)
G.digits[:]

A.three.when = 'after_thresholds'
run(0.1*ms)
G.digits[:]

start_scope()
H = NeuronGroup(2, 'dv/dt = 1/ms : 1', threshold='v > 0.25', reset='v = 0', method='euler')
L = NeuronGroup(2, 'log_pre_reset : 1\nseen : 1')
S = Synapses(H, L, on_pre='seen_post = v_pre')
S.connect('i == j')
S.pre.when = 'after_resets'
run(0.4*ms)
L.seen[:], H.v[:]

S.pre.when = 'synapses'
run(0.4*ms)
L.seen[:]

start_scope()
K = NeuronGroup(2, 'v : 1')
T = Synapses(K, K, '''w : 1
r = rand() + w : 1 (constant over dt)
q = 2*w + v_pre + t/ms : 1 (constant over dt)
z = q + 1 : 1
h : 1 (shared)
g = 3*h : 1 (shared)''')
T.connect()
T.w = 'i + 10*j'
T.h = 2
K.v = [100, 200]
M = StateMonitor(T, ['q', 'z'], record=True)
run(0.3*ms)
M.q[:], M.z[:], T.q[:], ((T.r[:] >= T.w[:]) & (T.r[:] < T.w[:] + 1)).all(), T.g[:]
