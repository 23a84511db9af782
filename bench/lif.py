"""A million leaky integrate-and-fire neurons without synapses, some of which fire.

Nothing is random: neuron i is driven towards i/1 000 000 of 16 mV, and the threshold is at 15 mV. BENCH_SECONDS is the
biological time.
"""
from os import getenv
from brian2 import *

seconds = float(getenv('BENCH_SECONDS', '1'))

seed(1)
defaultclock.dt = 0.1*ms
tau, N = 10*ms, 1000000
neurons = NeuronGroup(N, '''
    dv/dt = (drive - v)/tau : volt (unless refractory)
    drive : volt (constant)
    ''', threshold='v > 15*mV', reset='v = 0*mV', refractory=5*ms, method='exact')
neurons.drive = '16*mV*i/N'

spikes = SpikeMonitor(neurons)
run(seconds*second)
print(spikes.num_spikes, 'spikes')
