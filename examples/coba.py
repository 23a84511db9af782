"""A network with synapses that are conductances: what arrives acts less, the nearer the neuron is to the synapse's
reversal potential. Delays differ from synapse to synapse."""
from brian2 import *

seed(11)
C, gL, EL = 200*pF, 10*nS, -60*mV
Ee, Ei = 0*mV, -80*mV
taue, taui = 5*ms, 10*ms
Vt, Vr = -50*mV, -60*mV

neurons = NeuronGroup(4000, '''dv/dt = (gL*(EL - v) + ge*(Ee - v) + gi*(Ei - v) + I)/C : volt (unless refractory)
                               dge/dt = -ge/taue : siemens
                               dgi/dt = -gi/taui : siemens
                               I : amp (shared)''', threshold='v > Vt', reset='v = Vr', refractory=5*ms, method='exponential_euler')
neurons.v = 'Vr + rand()*(Vt - Vr)'
neurons.ge = '20*nS*rand()'
neurons.gi = '60*nS*rand()'
neurons.I = 200*pA
exciting = Synapses(neurons[:3200], neurons, on_pre='ge += 6*nS')
exciting.connect(p=0.02)
exciting.delay = '0.5*ms + 3*ms*rand()'
inhibiting = Synapses(neurons[3200:], neurons, on_pre='gi += 67*nS')
inhibiting.connect(p=0.02)
inhibiting.delay = '0.5*ms + rand()*ms'

some = StateMonitor(neurons, ['v', 'ge', 'gi'], record=[0, 1])
spikes = SpikeMonitor(neurons)
run(300*ms)

fig, axs = subplots(3, 1, sharex=True, figsize=(7, 6))
axs[0].plot(spikes.t/ms, spikes.i, 'k,')
axs[0].set(ylabel='neuron', ylim=(0, 4000))
axs[1].plot(some.t/ms, some.v.T/mV)
axs[1].set_ylabel('v (mV)')
axs[2].plot(some.t/ms, some.ge[0]/nS, label='$g_e$')
axs[2].plot(some.t/ms, some.gi[0]/nS, label='$g_i$')
axs[2].set(xlabel='time (ms)', ylabel='conductance (nS)')
axs[2].legend(loc='upper right')
show()
