from brian2 import *

start_scope()
G = NeuronGroup(3, '''dv/dt = (1 + i)/ms : 1
x : 1
y = v*10 : 1
n : integer
b : boolean
u : volt
last : second''', threshold='v > 0.55', reset='v = 0\nx += 100', method='euler',
    events={'high': 'v > 0.35 and x < 1000', 'never': 'False'})
r = G.run_on_event('high', 'x += 1\nlast = t\nn += 1\nb = n > 2\nu += 1*mV')
E = EventMonitor(G, 'high', variables=['v', 'n', 'b', 'y', 'u'])
S = SpikeMonitor(G, variables='x')
C = EventMonitor(G, 'high', record=False)
N = EventMonitor(G, 'never')
M = StateMonitor(G, ['v', 'x'], record=True)
run(1.2*ms)
G.x[:], G.last[:], G.n[:]

M.x[:]

list(E.i), E.t[:], E.v[:], list(E.n), list(E.b), E.y[:], E.u[:], E.num_events, E.count[:], len(E.i)

S.i[:], S.t[:], S.x[:], C.count[:], C.num_events, N.num_events, len(N.i)

E.values('v'), E.values('n'), sorted(E.all_values().keys()), S.all_values()['x']

E.event, E.name, S.name, sorted(S.record_variables), sorted(G.events.keys())

run(0.3*ms)
len(E.v[:]), S.x[:]

start_scope()
A = NeuronGroup(2, 'dv/dt = 1/ms : 1', threshold='v > 0.45', reset='v = 0', events={'half': 'v > 0.18 and v < 0.28'}, method='euler', refractory=0.3*ms)
B = NeuronGroup(3, 'w : 1\nz : 1')
T = Synapses(A, B, on_pre={'one': 'w_post += 1', 'two': 'z_post += 10'}, on_event={'one': 'half'}, delay={'two': 0.2*ms})
T.connect()
U = Synapses(B, A, on_post='w_pre += 0.01', on_event='half')
U.connect('j == 0')
L = StateMonitor(B, ['w', 'z'], record=[0])
A.v = [0, 0.1]
run(1*ms)
L.w[:], L.z[:], B.w[:], B.z[:]

start_scope()
K = NeuronGroup(1, '''dv/dt = 1/ms : 1
digits : 1''', threshold='v > 0.25', reset='digits = digits*10 + 3', events={'e': 'v > 0.15'}, method='euler')
K.run_on_event('e', 'digits = digits*10 + 7')
run(0.5*ms)
K.digits[:]

start_scope()
Q = NeuronGroup(1, '''dv/dt = 1/ms : 1
sum : 1''', threshold='v > 0.25', reset='v = 0', events={'e': 'v > 0.15'}, method='euler')
Q.set_event_schedule('e', when='before_groups')
Q.run_on_event('e', 'sum += v', when='end', order=3)
W = EventMonitor(Q, 'e', variables='v')
V = SpikeMonitor(Q, variables=['v'], when='end')
run(0.8*ms)
Q.sum[:], W.t[:], W.v[:], V.v[:]

start_scope()
X = NeuronGroup(2, 'v : 1', events={'spike': 'i == 1'})
Y = SpikeMonitor(X)
run(0.2*ms)
Y.i[:], Y.t[:]

store()
run(0.2*ms)
restore()
Y.num_spikes, X.events

def refused(f):
    try:
        f()
    except Exception as e:
        return type(e).__name__
    return 'fine'

refused(lambda: G.run_on_event('other', 'x = 1')), refused(lambda: G.run_on_event('high', 'x = 1')), refused(lambda: G.run_on_event('spike', 'x = 1')), refused(lambda: EventMonitor(G, 'other'))

refused(lambda: Synapses(G, G, on_pre='x += 1', on_event='other')), refused(lambda: NeuronGroup(1, 'v : 1', threshold='v > 1', reset='', events={'spike': 'v > 2'})), refused(lambda: NeuronGroup(1, 'v : 1', events={'a b': 'v > 2'})), refused(lambda: G.set_event_schedule('other'))

refused(lambda: SpikeMonitor(G, variables='unknown')), refused(lambda: SpikeMonitor(G, order=3)), refused(lambda: SpikeMonitor(NeuronGroup(1, 'v : 1')))
