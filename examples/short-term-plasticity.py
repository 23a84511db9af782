"""Short-term plasticity after Tsodyks and Markram: a depressing and a facilitating synapse hear the same spikes."""
from brian2 import *

source = SpikeGeneratorGroup(1, [0]*9, append(arange(8)*50 + 20, 800)*ms)
target = NeuronGroup(2, '''dv/dt = (-70*mV - v + I)/(30*ms) : volt
                           dI/dt = -I/(3*ms) : volt''', method='exact')
target.v = -70*mV

synapses = Synapses(source, target, '''dx/dt = (1 - x)/tauD : 1 (clock-driven)  # what is there to be released
                                       du/dt = (U - u)/tauF : 1 (clock-driven)  # the fraction that a spike releases
                                       tauD : second
                                       tauF : second
                                       U : 1
                                       A : volt''',
                    on_pre='''u += U*(1 - u)
                              I_post += A*u*x
                              x -= u*x''', method='exact')
synapses.connect()
synapses.tauD = [800, 100]*ms
synapses.tauF = [20, 1000]*ms
synapses.U = [0.5, 0.1]
synapses.A = [40, 80]*mV
synapses.x = 1
synapses.u = 'U'

voltage = StateMonitor(target, 'v', record=True)
resources = StateMonitor(synapses, ['x', 'u'], record=True)
run(900*ms)

fig, axs = subplots(2, 2, sharex=True, figsize=(9, 5))
for k, name in enumerate(['depressing', 'facilitating']):
    axs[0, k].plot(voltage.t/ms, voltage.v[k]/mV, 'k')
    axs[0, k].set(title=name, ylim=(-70.5, -64))
    axs[1, k].plot(resources.t/ms, resources.x[k], label='$x$')
    axs[1, k].plot(resources.t/ms, resources.u[k], label='$u$')
    axs[1, k].set(xlabel='time (ms)', ylim=(0, 1.05))
axs[0, 0].set_ylabel('v (mV)')
axs[1, 1].legend()
tight_layout()
show()
