"""Events that are no spikes: a neuron tells when its calcium crosses a level, and its threshold for spikes moves up."""
from brian2 import *

neuron = NeuronGroup(1, '''dv/dt = (1.2 + 0.6*sin(2*pi*4*Hz*t) - v)/(10*ms) : 1
                           dcalcium/dt = -calcium/(80*ms) : 1
                           dvt/dt = (1 - vt)/(100*ms) : 1
                           high : boolean''',
                     threshold='v > vt', reset='v = 0; calcium += 0.25',
                     events={'calcium_rises': 'calcium > 1.2 and not high', 'calcium_falls': 'calcium < 0.9 and high'}, method='euler')
neuron.vt = 1
neuron.run_on_event('calcium_rises', 'high = True; vt += 0.2')
neuron.run_on_event('calcium_falls', 'high = False')

state = StateMonitor(neuron, ['v', 'vt', 'calcium'], record=0)
spikes = SpikeMonitor(neuron)
rises = EventMonitor(neuron, 'calcium_rises')
falls = EventMonitor(neuron, 'calcium_falls')
run(800*ms)

fig, (top, bottom) = subplots(2, 1, sharex=True, figsize=(7, 5))
top.plot(state.t/ms, state.v[0], lw=1, label='$v$')
top.plot(state.t/ms, state.vt[0], 'C3', label='threshold')
top.legend(loc='lower right')
bottom.plot(state.t/ms, state.calcium[0])
bottom.plot(rises.t/ms, 1.2*ones(len(rises.t)), '^C2', label='rises')
bottom.plot(falls.t/ms, 0.9*ones(len(falls.t)), 'vC3', label='falls')
bottom.set(xlabel='time (ms)', ylabel='calcium')
bottom.legend(loc='lower right')
print(f'{spikes.num_spikes} spikes, calcium rose {rises.num_events} times')
show()
