"""4000 leaky integrate-and-fire neurons with current-based synapses, 320 000 of them.

Benchmark 2 of Brette et al. (2007), J. Comput. Neurosci. 23: 349-398, with exponential currents in units of voltage:
1.62 mV and -9 mV, delay 0.8 ms. BENCH_SECONDS is the biological time.
"""
from os import getenv
from brian2 import *

seconds = float(getenv('BENCH_SECONDS', '10'))

seed(1)
defaultclock.dt = 0.1*ms
tau_m, tau_e, tau_i = 20*ms, 5*ms, 10*ms
E_leak, V_threshold, V_reset = -49*mV, -50*mV, -60*mV
w_e, w_i = 1.62*mV, -9*mV

neurons = NeuronGroup(4000, '''
    dv/dt = (E_leak - v + s_e + s_i)/tau_m : volt (unless refractory)
    ds_e/dt = -s_e/tau_e : volt
    ds_i/dt = -s_i/tau_i : volt
    ''', threshold='v > V_threshold', reset='v = V_reset', refractory=5*ms, method='exact')
neurons.v = 'V_reset + (V_threshold - V_reset)*rand()'
excitatory = Synapses(neurons[:3200], neurons, on_pre='s_e_post += w_e', delay=0.8*ms)
excitatory.connect(p=0.02)
inhibitory = Synapses(neurons[3200:], neurons, on_pre='s_i_post += w_i', delay=0.8*ms)
inhibitory.connect(p=0.02)

spikes = SpikeMonitor(neurons)
run(seconds*second)
print(spikes.num_spikes, 'spikes')
