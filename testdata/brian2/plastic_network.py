"""Reference for a plastic network of 200 neurons: run with Brian2 2.5.1 (Debian's python3-brian), numpy and C++ standalone.

    python3 plastic_network.py numpy
    python3 plastic_network.py cpp_standalone

Each writes plastic_network_TARGET.npz. Parameters, initial values, connections, delays and input spikes are drawn
with NumPy's RandomState(20) and stored too, so that nothing is random in the simulation itself.
"""
import sys
import numpy as np
from brian2 import *

target = sys.argv[1]
if target == 'numpy':
    prefs.codegen.target = 'numpy'
else:
    set_device('cpp_standalone', directory=None)

N, Nexc, Ninput, duration = 200, 160, 25, 1.5
R = np.random.RandomState(20)
inhibitory = np.arange(N) >= Nexc
given = dict(
    b=np.where(inhibitory, 60, 5)*(1 + 0.05*R.randn(N))*1e-12,
    tau_m=np.where(inhibitory, 20, 200)*(1 + 0.05*R.randn(N))*1e-3,
    tau_w=np.where(inhibitory, 30, 100)*(1 + 0.05*R.randn(N))*1e-3,
    Vreset=-55*(1 + 0.05*R.randn(N))*1e-3,
    Iapp=np.where(np.arange(N) < Nexc//2, 38., 10.)*1e-12,
    v=(-70 + 10*R.rand(N))*1e-3,
)


def pairs(n, m, p):
    i, j = np.nonzero(R.rand(n, m) < p)
    return i.astype('int64'), j.astype('int64')


for name, (n, m, p) in dict(exc=(Nexc, N, 0.25), inh=(N-Nexc, N, 0.25), inp=(Ninput, Nexc, 0.1)).items():
    given['i_'+name], given['j_'+name] = pairs(n, m, p)
    given['delay_'+name] = (10 + 0.1*R.randn(len(given['i_'+name])))*1e-3
given['input_i'] = R.randint(Ninput, size=500).astype('int64')
given['input_t'] = np.sort(R.rand(500)*duration)
# One spike of a source per step.
steps = np.floor(given['input_t']/1e-4 + 1e-3).astype('int64')
_, first = np.unique(steps*Ninput + given['input_i'], return_index=True)
given['input_i'], given['input_t'] = given['input_i'][first], given['input_t'][first]

Vth = -50*mV
El = -70*mV
Vcut = -20*mV
deltaT = 2*mV
Rin = 500*Mohm
E_e = 0*mV
E_i = -80*mV
tau_e = 5*ms
tau_i = 10*ms
tau_ps = 0.8*second
tau_ns = 1.5*second
tau_stdp = 20*ms
p_s0 = 0.6
Apre0 = 0.01
Apost0 = -Apre0*1.05
w_e = 1*nS
w_i = 20*nS
stdp_value = 0.1

defaultclock.dt = 0.1*ms
G = NeuronGroup(N, '''
dv/dt = (-(v-El) + deltaT*exp((v-Vth)/deltaT) + Rin*(Isyn + Iapp - w))/tau_m : volt
dw/dt = (a*(v-El) - w)/tau_w : amp
a : siemens
b : amp
tau_m : second
tau_w : second
Vreset : volt
Iapp : amp
Isyn = -g_e*(v-E_e) - g_i*(v-E_i) : amp
dg_e/dt = -g_e/tau_e : siemens
dg_i/dt = -g_i/tau_i : siemens
''', threshold='v>Vcut', reset='v=Vreset; w += b', method='exponential_euler')
for name in ['b', 'tau_m', 'tau_w', 'Vreset', 'Iapp', 'v']:
    setattr(G, name, Quantity(given[name], dim=getattr(G, name).dim))
P = SpikeGeneratorGroup(Ninput, given['input_i'], given['input_t']*second)

tm = '''
dp_s/dt = (p_s0-p_s)/tau_ps : 1 (event-driven)
dn_s/dt = (1-n_s)/tau_ns : 1 (event-driven)
'''
stdp = '''
dApre/dt = -Apre/tau_stdp : 1 (event-driven)
dApost/dt = -Apost/tau_stdp : 1 (event-driven)
w_syn : 1
'''
release = '''
p_s += p_s0*(1-p_s)
r_s = p_s*n_s
n_s -= r_s
'''


def plastic(source, g, w, name):
    return Synapses(source, G, model=tm+stdp, name=name, on_pre=release+'''
        Apre += Apre0
        w_syn = clip(w_syn+Apost, (1-stdp_value)*%s/nS, %s/nS)
        %s_post += w_syn*r_s*nS''' % (w, w, g), on_post='''
        Apost += Apost0
        w_syn = clip(w_syn+Apre, (1-stdp_value)*%s/nS, %s/nS)''' % (w, w))


exc = plastic(G[:Nexc], 'g_e', 'w_e', 'exc')
inh = plastic(G[Nexc:], 'g_i', 'w_i', 'inh')
inp = Synapses(P, G[:Nexc], model=tm, on_pre=release+'g_e_post += 10*w_e*r_s', name='inp')
for s in [exc, inh, inp]:
    s.connect(i=given['i_'+s.name], j=given['j_'+s.name])
    s.delay = given['delay_'+s.name]*second
    s.p_s = p_s0
    s.n_s = 1
M = StateMonitor(G, 'v', record=np.arange(0, N, 5), dt=1*ms)
S = SpikeMonitor(G)
run(duration*second)
np.savez_compressed('plastic_network_%s.npz' % target, v_recorded=np.ascontiguousarray(M.v_), spikes_i=np.array(S.i, dtype='int64'), spikes_t=np.array(S.t_),
                    w_exc=np.array(exc.w_syn[:]), p_exc=np.array(exc.p_s[:]), n_exc=np.array(exc.n_s[:]), w_inh=np.array(inh.w_syn[:]),
                    lastupdate_exc=np.array(exc.lastupdate[:]), **given)
