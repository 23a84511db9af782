"""Gap junctions: a current between any two neurons, in proportion to the difference of their voltages. The spike of a neuron, of
which the model knows only the time, passes through as a small jump. Neurons with different rates come to spike together."""
from brian2 import *

n, tau = 10, 10*ms

def spikes_with(strength):
    neurons = NeuronGroup(n, '''dv/dt = (drive - v + gap)/tau : 1
                                drive : 1
                                gap : 1''', threshold='v > 1', reset='v = 0', refractory=1*ms, method='euler')
    neurons.v = 'i/(1.0*N)'
    neurons.drive = '1.2 + 0.05*i/(1.0*N)'
    junctions = Synapses(neurons, neurons, '''w : 1
                                              gap_post = w*(v_pre - v_post) : 1 (summed)''', on_pre='v_post += 0.5*w')
    junctions.connect('i != j')
    junctions.w = strength/n
    spikes = SpikeMonitor(neurons)
    run(400*ms)
    return spikes.t/ms, spikes.i[:]

fig, axs = subplots(2, 1, sharex=True, figsize=(7, 4.5))
for ax, strength in zip(axs, [0, 0.4]):
    times, numbers = spikes_with(strength)
    ax.plot(times, numbers, '|k')
    ax.set(title=f'strength {strength}', ylabel='neuron')
axs[1].set_xlabel('time (ms)')
tight_layout()
show()
