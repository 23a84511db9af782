# %% [markdown]
# # Spike-timing dependent plasticity
#
# A synapse grows when its source spikes before its target, and shrinks in the other order.

# %%
from brian2 import *

taupre = taupost = 20*ms
stepup, stepdown = 0.01, -0.0105
plasticity = '''
w : 1
dApre/dt = -Apre/taupre : 1 (event-driven)
dApost/dt = -Apost/taupost : 1 (event-driven)
'''
before = 'Apre += stepup; w = clip(w + Apost, 0, 1)'
after = 'Apost += stepdown; w = clip(w + Apre, 0, 1)'

# %% [markdown]
# ## The window
#
# A hundred pairs of neurons spike once each, at different distances in time.

# %%
n = 101
times = linspace(-50, 50, n)*ms
sources = SpikeGeneratorGroup(n, arange(n), 60*ms*ones(n))
targets = SpikeGeneratorGroup(n, arange(n), 60*ms + times)
pairs = Synapses(sources, targets, plasticity, on_pre=before, on_post=after)
pairs.connect(j='i')
pairs.w = 0.5
run(130*ms)

figure(figsize=(6, 3.5))
plot(times/ms, pairs.w - 0.5, '.-')
axhline(0, color='gray', lw=0.5)
axvline(0, color='gray', lw=0.5)
xlabel('target after source (ms)')
ylabel('change of weight')
show()

# %% [markdown]
# ## Many inputs
#
# A thousand inputs at random times, with weights that begin anywhere, drive one neuron. Weights drift to the ends.

# %%
start_scope()
seed(5)
inputs = PoissonGroup(1000, rates=15*Hz)
neuron = NeuronGroup(1, '''dv/dt = (ge*(0*mV - v) + (-74*mV - v))/(10*ms) : volt
                           dge/dt = -ge/(5*ms) : 1''', threshold='v > -54*mV', reset='v = -60*mV', method='euler')
neuron.v = -74*mV
plastic = Synapses(inputs, neuron, plasticity, on_pre='ge_post += 0.015*w; ' + before, on_post=after)
plastic.connect()
plastic.w = 'rand()'
weights = StateMonitor(plastic, 'w', record=range(20), dt=100*ms)
spikes = SpikeMonitor(neuron)
run(20*second)

fig, (left, right) = subplots(1, 2, figsize=(9, 3.5))
left.plot(weights.t/second, weights.w.T, lw=1)
left.set(xlabel='time (s)', ylabel='weight')
right.hist(plastic.w, bins=20)
right.set(xlabel='weight', ylabel='synapses')
tight_layout()
show()
