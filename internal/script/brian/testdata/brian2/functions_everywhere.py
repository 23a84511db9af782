from brian2 import *
@implementation('cpp', '')
@check_units(x=1, result=1)
def f(x):
    return 2*x + 1
odd = Function(lambda x: x % 2 == 1, arg_units=[1], return_unit=bool, return_type='boolean')
@implementation('cpp', '')
@check_units(x=1, result=second)
def pause(x):
    return x*0.1*ms
G = NeuronGroup(4, '''dv/dt = f(f(v))/second : 1
x : 1
y = f(x) + f(v) : 1''', threshold='odd(x)', reset='x = f(x) - 1', refractory='pause(i)', events={'rare': 'odd(x + 1) and odd(i)'}, method='rk2')
G.x = 'i'
G.run_on_event('rare', 'x = f(x)')
M = StateMonitor(G, ['v', 'y'], record=[0, 3])
N = SpikeMonitor(G, variables=['x', 'y'])
E = EventMonitor(G, 'rare')
P = PoissonGroup(3, rates='f(i)*0*Hz')
net = Network(G, M, N, E, P)
net.run(0.4*ms)
(G.x[:], G.v[:])

(M.y, N.i[:], N.t[:], N.x[:], N.y[:])

(E.i[:], E.t[:])

G.y[:]

G.x['odd(i)']

net.store()
net.run(0.3*ms)
a = array(G.v[:])
net.restore()
net.run(0.3*ms)
(a == G.v[:]).all()

prefs.core.default_float_dtype = float32
H = NeuronGroup(5, '''dv/dt = (f(v*0.1) - v)/ms : 1
n : integer
b : boolean''', method='euler')
H.v = 'i'
H.n = 'f(i)'
H.b = 'odd(i)'
Network(H).run(0.3*ms)
(np.round(array(H.v[:], dtype=float64), 4), H.n[:], H.b[:])

prefs.core.default_float_dtype = float64
G1 = NeuronGroup(3, 'x : 1', threshold='i == 0', reset='')
S = Synapses(G1, G1, '''dw/dt = -w/(3*ms) : 1 (event-driven)
dg/dt = f(g)/second : 1 (clock-driven)
q = f(w) : 1''', on_pre='''w += f(1)
x_post += q''', on_post='w = f(w)', method='euler')
S.connect(i=[0, 0, 1], j=[0, 1, 2])
L = StateMonitor(S, ['g', 'q'], record=True)
Network(G1, S, L).run(0.4*ms)
(S.w[:], S.g[:], G1.x[:], L.q)

S.connect(j='k for k in range(int(f(i))) if odd(k)', skip_if_invalid=True)
(S.i[:], S.j[:])

S.w['odd(j)'] = 'f(j)*10'
S.w[:]
