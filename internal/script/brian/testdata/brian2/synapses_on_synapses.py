from brian2 import *
defaultclock.dt = 0.1*ms

G = NeuronGroup(3, 'dv/dt = -v/(10*ms) + 66*Hz*(i+1) : 1', threshold='v>1', reset='v=0', method='euler')
H = NeuronGroup(2, '''dx/dt = (Y-x)/(5*ms) : 1
                      Y : 1''', method='euler')
S = Synapses(G, H, '''dr/dt = -r/(7*ms) : 1 (clock-driven)
                      ddecay/dt = -decay/(3*ms) : 1 (event-driven)
                      m : 1
                      double = 2*r : 1
                      w : 1''', on_pre='r += 0.3 + 0.1*m; decay += 1; w += 0.01*decay; x_post += w', method='euler')
S.connect()
S.w = '0.1*i + 0.01*j'

T = Synapses(S, H, '''Y_post = double_pre*k : 1 (summed)
                      k : 1''')
T.connect(j='j_pre')
T.k = '0.5 + 0.1*i + w_pre/N_incoming'
T.i[:], T.j[:], T.k[:], len(S), len(H)

U = Synapses(H, S, 'm_post = 0.2*x_pre : 1 (summed)')
U.connect('i != j % 2 and w_post < 0.3')
U.i[:], U.j[:], U.w_post[:]

P = SpikeGeneratorGroup(2, [0, 1, 0], [5, 8, 20]*ms)
V = Synapses(P, S, on_pre='w_post += 0.05*(i+1)', delay=1*ms)
V.connect('j >= 2*i')
V.i[:], V.j[:], V.delay

M = StateMonitor(H, ['x', 'Y'], record=True, dt=4*ms)
N = StateMonitor(S, ['r', 'm', 'w'], record=[0, 3, 5], dt=10*ms)
spikes = SpikeMonitor(G)
run(30*ms)

spikes.num_spikes, spikes.i[:]

M.x[0]

M.Y[1]

N.r

N.m

N.w

S.decay[:]
