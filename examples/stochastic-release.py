"""Synapses that release at random: each of several sites lets go of a vesicle with some probability, and the answers to the
same spike differ from trial to trial."""
from brian2 import *

seed(2)
trials, sites, p, q = 400, 5, 0.4, 0.5*mV

source = SpikeGeneratorGroup(1, [0, 0], [20, 70]*ms)
target = NeuronGroup(trials, 'dv/dt = -v/(10*ms) : volt', method='exact')
synapses = Synapses(source, target, 'released : 1', on_pre='''released = 0
                                                              released += int(rand() < p)
                                                              v_post += q*released''')
synapses.connect(n=sites)

voltage = StateMonitor(target, 'v', record=True)
run(120*ms)

peaks = voltage.v[:, int(20*ms/defaultclock.dt) + 1]
quanta = around(peaks/q).astype(int)
expected = [trials*(p**k)*((1 - p)**(sites - k))*c for k, c in enumerate([1, 5, 10, 10, 5, 1])]

fig, (left, right) = subplots(1, 2, figsize=(9, 3.5))
left.plot(voltage.t/ms, voltage.v[:20].T/mV, color='gray', lw=0.5)
left.plot(voltage.t/ms, mean(voltage.v, axis=0)/mV, 'k', lw=2, label='mean')
left.set(xlabel='time (ms)', ylabel='v (mV)')
left.legend()
right.hist(quanta, bins=arange(sites + 2) - 0.5, color='C0', alpha=0.6, label='trials')
right.plot(arange(sites + 1), expected, 'ko', label='binomial')
right.set(xlabel='vesicles released', ylabel='trials')
right.legend()
tight_layout()
print(f'mean {mean(quanta):.2f} of {sites*p:.2f} expected')
show()
