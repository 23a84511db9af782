"""Reference for the AdEx classes: run with Brian2 2.5.1 (Debian's python3-brian) and its numpy and C++ standalone targets.

    python3 adex_classes.py numpy
    python3 adex_classes.py cpp_standalone

Each writes adex_classes_TARGET.npz with the spikes and v (every 10th step) of seven classes at three currents.
No random numbers are used.
"""
import sys
import numpy as np
from brian2 import *

target = sys.argv[1]
if target == 'numpy':
    prefs.codegen.target = 'numpy'
else:
    set_device('cpp_standalone', directory=None)

# tau_m (ms), a (nS), tau_w (ms), b (pA), Vreset (mV)
classes = [
    ('tonic', 20, 0, 30, 60, -55),
    ('adapting', 200, 0, 100, 5, -55),
    ('init. burst', 5, 0.5, 100, 7, -51),
    ('bursting', 5, -0.5, 100, 7, -46),
    ('irregular', 9.9, -0.5, 100, 7, -46),
    ('transient', 10, 1, 100, 10, -60),
    ('delayed', 5, -1, 100, 10, -60),
]
currents = [35, 65, 100]

Vth = -50*mV
El = -70*mV
Vcut = -20*mV
deltaT = 2*mV
Rin = 500*Mohm
E_e = 0*mV
E_i = -80*mV
tau_e = 5*ms
tau_i = 10*ms

defaultclock.dt = 0.1*ms
G = NeuronGroup(len(classes)*len(currents), '''
dv/dt = (-(v-El) + deltaT*exp((v-Vth)/deltaT) + Rin*(Isyn + Ibias + Iapp - w))/tau_m : volt
dw/dt = (a*(v-El) - w)/tau_w : amp
a : siemens
b : amp
tau_m : second
tau_w : second
Vreset : volt
Ibias : amp
Iapp : amp
Isyn = -g_e*(v-E_e) - g_i*(v-E_i) : amp
dg_e/dt = -g_e/tau_e : siemens
dg_i/dt = -g_i/tau_i : siemens
''', threshold='v>Vcut', reset='v=Vreset; w += b', method='exponential_euler')
G.v = El
k = np.arange(len(G))
table = np.array([c[1:] for c in classes], float)[k//len(currents)]
G.tau_m = table[:, 0]*ms
G.a = table[:, 1]*nS
G.tau_w = table[:, 2]*ms
G.b = table[:, 3]*pA
G.Vreset = table[:, 4]*mV
G.Iapp = np.array(currents, float)[k % len(currents)]*pA
M = StateMonitor(G, 'v', record=True, dt=1*ms)
S = SpikeMonitor(G)
run(2*second)
np.savez_compressed('adex_classes_%s.npz' % target, v_recorded=np.ascontiguousarray(M.v_), spikes_i=np.array(S.i, dtype='int64'), spikes_t=np.array(S.t_),
                    currents=np.array(currents, float), table=np.array([c[1:] for c in classes], float))
