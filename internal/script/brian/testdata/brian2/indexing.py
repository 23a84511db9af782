from brian2 import *

G = NeuronGroup(4, 'x : 1', threshold='x > 1', reset='x = 0')
H = NeuronGroup(5, 'u : 1')
S = Synapses(G, H, '''w : 1
v : volt
n : integer
b : boolean''', on_pre='u += w', multisynaptic_index='k')
S.connect('(i + j) % 2 == 0')
S.connect(i=[1, 3, 1], j=[1, 1, 0], n=2)
S.w = 'i*10 + j + 0.25*k'
S.v = 'w*mV'
S.n = 'i'
S.b = 'i > j'
S.w[:]

S.w[1, 1], S.w[3, 4], S.w[1, :], S.w[:, 1], S.w[1:3, :], S.w[1, ::2], S.w[:, :, 1], S.w[:, :, 1:], S.w[:, :, :]

S.w[[1, 3], :], S.w[[1, 3], [1, 3]], S.w[array([1, 3]), 1], S.w[range(2), 1:3]

S.w[3:1, :], S.w[0, 1], S.w[:, :, 5:], S.w[:, :, 7]

S.w['i == 1'], S.w['i > j and k == 0'], S.w['w > 30 or u_post > 1'], S.w['b'], S.w['not b'], S.w['v > 31*mV'], S.w['i == 99']

S.v[1, :], S.v['j == 0'], S.v_[1, 1], S.n[3, :], S.b[:, 0]

S.w[3], S.w[-1], S.w[2:5], S.w[[0, 5]], S.w[nonzero(S.w[:] > 30)[0]], S.w[array([], dtype=int)]

S.w[G[1:3], :], S.w[G[:2], H[1:3]], S.w[:, H[4:]], S.w[G, 1]

len(S[1, :]), len(S[:, 1]), len(S['i == 1']), len(S[2:5]), len(S[[0, 5]]), len(S[:, :, 0]), len(S[:]), len(S[0, 1])

S.w[S[1, :]], S.v[S['i > j']], S.w[S[:, :, 1]], S.n[S[2:4]]

S.w[1, 1] = 5
S.w[:, :, 1] = [1, 2, 3, 4]
S.w[:, 4] = 'w + 100'
S.w['i == 3'] = 'j*1000 + k'
S.w[[0, 1], [0, 1]] = -7
S.w[S[2, :]] = '-i'
S.w[:]

S.w[1, :] += 100
S.w[2:4] -= 1
S.w[:]

S.w[1, :] = [1, 2]

S.v[1, :] = arange(6)*mV
S.v['j == 4'] = '8*mV'
S.v_[0, 0] = 0.5
S.v[:]

S.n[:, 0] = 9
S.n['j == 2'] = 'i + 5'
S.b[1, :] = True
S.b['k > 0'] = 'i == 3'
S.n[:], S.b[:]

S.w[0:9, 0:9]

S.w[99]

S.w[0, 0, 0, 0]

S.i[1, :], S.j['i == 1'], S.i['w > 100'], S.delay[1, :], S.u_post[1, :], S.x_pre['j == 1']

S.delay = '(i + 1)*ms'
S.delay[:, 1] = 7*ms
S.delay['i == 0'] = 'j*ms'
S.delay[:, :, 1] = 0.5*ms
S.delay[:], S.pre.delay[1, :], S.pre.delay['j == 1']

T = Synapses(G[1:3], H[2:], 'w : 1')
T.connect()
T.w = '10*i + j'
T.w[0, :], T.w[1, 2], T.w['j == 0'], T.i[:], T.w[G[1:2], :], T.w[:, H[3:]], T.w[G[2:3], H[4:5]]

S.connect(i=0, j=1)
S.w[0, 1]
