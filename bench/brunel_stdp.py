"""12 500 integrate-and-fire neurons with 15.6 million synapses, 10 million of them plastic (STDP).

The sparse network of Brunel (2000), J. Comput. Neurosci. 8: 183-208, with 1000 excitatory and 250 inhibitory synapses
for each neuron, J = 0.1 mV, g = 4.5, and an external drive of 0.9 of the threshold rate, here as white noise. The
synapses between excitatory neurons learn by the additive rule of pairs. BENCH_SECONDS is the biological time.
"""
from os import getenv
from brian2 import *

seconds = float(getenv('BENCH_SECONDS', '1'))

seed(1)
defaultclock.dt = 0.1*ms
tau, V_threshold, V_reset, J, g = 20*ms, 20*mV, 10*mV, 0.1*mV, 4.5
external = 0.9*V_threshold                # mean of the drive: J times synapses times rate times tau
noise = sqrt(external*J)                  # its standard deviation
tau_pre, tau_post, A_pre, A_post, w_max = 20*ms, 20*ms, 0.001, -0.00105, 2.0

neurons = NeuronGroup(12500, 'dv/dt = (external - v)/tau + noise*tau**-0.5*xi : volt (unless refractory)',
                      threshold='v > V_threshold', reset='v = V_reset', refractory=2*ms, method='euler')
neurons.v = 'V_threshold*rand()'
excitatory, inhibitory = neurons[:10000], neurons[10000:]

plastic = Synapses(excitatory, excitatory, '''
    dpre/dt = -pre/tau_pre : 1 (event-driven)
    dpost/dt = -post/tau_post : 1 (event-driven)
    w : 1
    ''', on_pre='''
    v_post += w*J
    pre += A_pre
    w = clip(w + post, 0, w_max)
    ''', on_post='''
    post += A_post
    w = clip(w + pre, 0, w_max)
    ''', delay=1.5*ms)
plastic.connect(p=0.1)
plastic.w = 1
to_inhibitory = Synapses(excitatory, inhibitory, on_pre='v_post += J', delay=1.5*ms)
to_inhibitory.connect(p=0.1)
from_inhibitory = Synapses(inhibitory, neurons, on_pre='v_post -= g*J', delay=1.5*ms)
from_inhibitory.connect(p=0.1)

spikes = SpikeMonitor(neurons)
run(seconds*second)
print(spikes.num_spikes, 'spikes')
