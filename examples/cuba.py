"""A network with synapses that are currents: 3200 excitatory and 800 inhibitory neurons, connected at random."""
from brian2 import *

seed(3)
taum, taue, taui = 20*ms, 5*ms, 10*ms
Vt, Vr, EL = -50*mV, -60*mV, -49*mV

neurons = NeuronGroup(4000, '''dv/dt = (ge + gi - (v - EL))/taum : volt (unless refractory)
                               dge/dt = -ge/taue : volt
                               dgi/dt = -gi/taui : volt''', threshold='v > Vt', reset='v = Vr', refractory=5*ms, method='exact')
neurons.v = 'Vr + rand()*(Vt - Vr)'
excitatory, inhibitory = neurons[:3200], neurons[3200:]
exciting = Synapses(excitatory, neurons, on_pre='ge += 1.62*mV')
inhibiting = Synapses(inhibitory, neurons, on_pre='gi -= 9*mV')
for synapses in [exciting, inhibiting]:
    synapses.connect(p=0.02)

spikes = SpikeMonitor(neurons)
rate = PopulationRateMonitor(neurons)
run(500*ms)

fig, (top, bottom) = subplots(2, 1, sharex=True, figsize=(7, 5), gridspec_kw={'height_ratios': [3, 1]})
top.plot(spikes.t/ms, spikes.i, 'k,')
top.axhline(3200, color='C3', lw=1)
top.set(ylabel='neuron', ylim=(0, 4000), title=f'{spikes.num_spikes} spikes of {len(neurons)} neurons')
bottom.plot(rate.t/ms, rate.smooth_rate(width=5*ms)/Hz)
bottom.set(xlabel='time (ms)', ylabel='rate (Hz)', xlim=(0, float(defaultclock.t/ms)))
show()
