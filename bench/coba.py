"""4000 leaky integrate-and-fire neurons with conductance-based synapses, 320 000 of them.

BENCH_SCENARIO=brette: benchmark 1 of Brette et al. (2007), J. Comput. Neurosci. 23: 349-398: 6 nS and 67 nS, no
current, activity that keeps itself going after a random start. BENCH_SCENARIO=bias: the variant of Vogels and Abbott
(2005), J. Neurosci. 25: 10786-10795, which other simulators are measured with: 4 nS and 51 nS, 200 pA into each neuron.
Membrane capacitance 200 pF, leak 10 nS, delay 0.8 ms. BENCH_SECONDS is the biological time.
BENCH_BITS=32 simulates in single precision.
"""
from os import getenv
from brian2 import *

scenario = getenv('BENCH_SCENARIO', 'brette')
seconds = float(getenv('BENCH_SECONDS', '10'))
if getenv('BENCH_BITS') == '32':
    prefs.core.default_float_dtype = float32

seed(3)  # with other numbers the activity may end by chance
defaultclock.dt = 0.1*ms
C, g_leak = 200*pF, 10*nS
E_leak, E_e, E_i, V_threshold, V_reset = -60*mV, 0*mV, -80*mV, -50*mV, -60*mV
tau_e, tau_i = 5*ms, 10*ms
if scenario == 'bias':
    I_bias, w_e, w_i = 200*pA, 4*nS, 51*nS
else:
    I_bias, w_e, w_i = 0*pA, 6*nS, 67*nS

neurons = NeuronGroup(4000, '''
    dv/dt = (g_leak*(E_leak - v) + g_e*(E_e - v) + g_i*(E_i - v) + I_bias)/C : volt (unless refractory)
    dg_e/dt = -g_e/tau_e : siemens
    dg_i/dt = -g_i/tau_i : siemens
    ''', threshold='v > V_threshold', reset='v = V_reset', refractory=5*ms, method='exponential_euler')
neurons.v = 'E_leak + 5*mV*(randn() - 1)'
neurons.g_e = '40*nS + 15*nS*randn()'
neurons.g_i = '200*nS + 120*nS*randn()'
excitatory = Synapses(neurons[:3200], neurons, on_pre='g_e_post += w_e', delay=0.8*ms)
excitatory.connect(p=0.02)
inhibitory = Synapses(neurons[3200:], neurons, on_pre='g_i_post += w_i', delay=0.8*ms)
inhibitory.connect(p=0.02)

spikes = SpikeMonitor(neurons)
run(seconds*second)
print(spikes.num_spikes, 'spikes')
