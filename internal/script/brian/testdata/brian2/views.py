from brian2 import *

G = NeuronGroup(4, '''dv/dt = -v/(10*ms) : volt
x : 1
n : integer
b : boolean
s : volt (shared)
y = 2*v : volt''', threshold='v > 100*mV', reset='v = 0*mV', refractory=1*ms)
G.v = [1, 2, 3, 4]*mV
G.v, G.v_, G.v[:], G.v[0], G.v_[0], G.v[1:3], G.v[-1], G.v[[0, 2]], G.v[G.v > 2*mV], G.v['v > 2*mV']

G.N, len(G), G.i, G.i[:], G.n, G.b, G.s, G.s[:], G.y, G.y[:], G.t, G.dt, G.not_refractory, G.lastspike

G.v.shape, G.v.ndim, len(G.v), G.v.dim, G.v.unit, G.v[:].mean(), G.v[:].max(), max(G.v)

G.v + 1*mV, G.v/mV, 2*G.v, -G.v, G.v[:] - G.v[0], G.v > 2*mV, G.x + G.x, G.v*[1, 2, 3, 4]

G.v += 1*mV
G.v[:] *= 2
G.v[0] += 5*mV
G.v

G.v = 'i*mV'
G.v[1:3] = 'v + 10*mV'
G.v['i > 2'] = '100*mV*x'
G.v['v < 5*mV'] = 7*mV
G.v

k = 3
G.x = 'k*i'
G.x[[0, 1]] = [5, 6]
G.x

G.x[G.x > 5] = 0
G.x[2:] = 1.5
G.x[:]

v = G.v[:]
v[0] = 50*mV
G.v[0], v

w = G.v[1:3]
w[:] = 60*mV
G.v

G.v_ = 0.001
G.v_[0] = 0.002
G.v

G.s = 3*mV
G.s, G.s[:], G.s + 1*mV

G.s[0]

G.b = [True, False, True, False]
G.b, G.b[:], G.v[G.b]

G.n = [1, 2, 3, 4]
G.n[0] = 7
G.n, G.n[0]

G.set_states({'v': El}) if False else G.set_states({'v': 5*mV, 'x': [1, 2, 3, 4]})
G.get_states(['v', 'x']), G.get_states(['v'], units=False)

H = G[1:3]
H, len(H), H.N, H.i[:], H.v[:], H.x

H.v = [8, 9]*mV
H.x[0] = 42
G.v[:], G.x[:], H['x > 1'] if False else None

H.v['x > 10'] = 1*mV
G.v[:]

G.v[H], G[2].v[:], G[-1:].v[:], H[1:].v[:]

G.name, G.active, G.namespace, G.clock, G.order

hasattr(G, 'v'), hasattr(G, 'nothing'), isinstance(G, NeuronGroup), isinstance(H, Subgroup), type(G).__name__

G.v[10]

G.v[10] = 1*mV

G[10]

G[::2]

for vv in G.v[:2]:
    print(vv)

[float(vv/mV) for vv in G.v]

list(G.i), 3 in G.i, G.x.tolist() if False else None

np.array(G.v), asarray(G.x), np.sqrt(G.v[0]*G.v[0]), hist if False else None

P = PoissonGroup(3, 10*Hz)
P, P.rates, P.N

P.rates = [1, 2, 3]*Hz
P.rates[1:], P.rates[0]

Q = SpikeGeneratorGroup(3, [0, 2], [1, 2]*ms)
Q, Q.N

T = TimedArray([1, 2, 3]*mV, dt=1*ms)
T(0*ms), T(1.5*ms), T([0.5, 1.5, 99]*ms), T.values, T.dt

U = TimedArray([[1, 2], [3, 4]], dt=1*ms)
U(1*ms, 1), U([0, 1]*ms, [1, 0])
