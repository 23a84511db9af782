from brian2 import *

G = NeuronGroup(3, 'v : 1', threshold='v > 1', reset='v = 0')
H = NeuronGroup(4, 'u : 1')
S = Synapses(G, H, 'w : 1\nz : volt', on_pre='u += w', delay=2*ms)
S.connect()
S, len(S), S.N, S.i, S.j[:], S.N_pre, S.N_post

S.w = 'i + 10*j'
S.w[0], S.w[1, 2], S.w[:, 2], S.w[1, :], S.w[[0, 2], 1], S.w['i == 1 and j > 1'], S.w[2:5]

S.w[0, :] = 7
S.w['j == 3'] = 'i'
S.w[5] = -1
S.w[:]

S.z = 3*mV
S.z[:3], S.z_

S.delay, S.delay[:], S.pre, S.pre.delay, S.pre.name, S.source, S.target

S.N_outgoing_pre, S.N_incoming_post, S.N_outgoing[:], S.N_incoming[:]

S[0, :], len(S[0, :]) if False else None

A = Synapses(G, H, 'w : 1', on_pre='u += w')
A.connect(i=[0, 1, 2], j=[3, 2, 1])
A.delay = [1, 2, 3]*ms
A.delay['i == 1'] = 5*ms
A.pre.delay[0] = 9*ms
A.i, A.j, A.delay, A.pre.delay[:]

B = Synapses(G, G)
B.connect('i != j')
B.i, B.j, len(B)

C = Synapses(G, H)
C.connect(j='k for k in range(i, i + 2)', n=2)
C.i[:], C.j[:]

D = Synapses(G, H)
D.connect(j='i + 1 if i < N_pre - 1')
D.i[:], D.j[:]

E = Synapses(G, G)
E.connect(i='k for k in range(N_pre) if k != j')
E.i[:], E.j[:]

F = Synapses(G, H)
F.connect(i=0, j=[1, 2])
F.connect(i=[1, 2], j=0, n=2)
F.i[:], F.j[:], F.w if False else None

F.connect(False)
len(F)

K = Synapses(G[1:], H[2:])
K.connect(j='i')
K.i[:], K.j[:], K.source, K.target

L = Synapses(G, H)
L.connect(j='i + 2', skip_if_invalid=True)
L.i[:], L.j[:]

n = 2
N = Synapses(G, H, 'w : 1')
N.connect('i < n')
N.w = 'n*i + j'
N.w[:]

R = Synapses(G, G, 'w : 1', on_pre={'first': 'v += w', 'second': 'w *= 2'}, on_post='w += 1', delay={'second': 1*ms})
R.connect(i=[0, 1], j=[1, 2])
R.first.delay[:], R.second.delay, R.post.delay[:], R.active

S.connect('i != j', i=0)

S.connect(i=[0.5], j=[0])

S.connect(i=0, j='i')

S.active = False
S.active

S.w.shape, S.w.mean() if False else None

S.get_states(['w'])

S.v_pre if False else None
