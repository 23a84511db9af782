"""Leaky integrate-and-fire neurons: how often they spike, as a function of their input."""
from brian2 import *

tau = 20*ms
Vr, Vt, EL = -65*mV, -50*mV, -65*mV
R = 100*Mohm

neurons = NeuronGroup(200, '''dv/dt = (EL - v + R*I)/tau : volt (unless refractory)
                              I : amp''', threshold='v > Vt', reset='v = Vr', refractory=3*ms, method='exact')
neurons.v = EL
neurons.I = '0.5*nA*i/N'

one = StateMonitor(neurons, 'v', record=[100])
spikes = SpikeMonitor(neurons)
duration = 1*second
run(duration)

fig, (left, right) = subplots(1, 2, figsize=(9, 3.5))
left.plot(one.t/ms, one.v[0]/mV)
left.set(xlim=(0, 200), xlabel='time (ms)', ylabel='v (mV)', title='one neuron')
right.plot(neurons.I/nA, spikes.count/duration/Hz)
right.set(xlabel='input (nA)', ylabel='rate (Hz)', title='all neurons')
tight_layout()
show()
