# %% [markdown]
# # Hodgkin and Huxley's neuron
#
# Sodium opens fast and closes again, potassium opens slowly: that makes a spike. Voltages are relative to rest, with the
# parameters of the paper of 1952.

# %%
from brian2 import *

C = 1*uF/cm**2
gNa, gK, gL = 120*msiemens/cm**2, 36*msiemens/cm**2, 0.3*msiemens/cm**2
ENa, EK, EL = 115*mV, -12*mV, 10.6*mV
defaultclock.dt = 0.01*ms

equations = '''
dv/dt = (I - gNa*m**3*h*(v - ENa) - gK*n**4*(v - EK) - gL*(v - EL))/C : volt
dm/dt = alpham*(1 - m) - betam*m : 1
dn/dt = alphan*(1 - n) - betan*n : 1
dh/dt = alphah*(1 - h) - betah*h : 1
alpham = 1/exprel((25*mV - v)/(10*mV))/ms : Hz
betam = 4*exp(-v/(18*mV))/ms : Hz
alphan = 0.1/exprel((10*mV - v)/(10*mV))/ms : Hz
betan = 0.125*exp(-v/(80*mV))/ms : Hz
alphah = 0.07*exp(-v/(20*mV))/ms : Hz
betah = 1/(1 + exp((30*mV - v)/(10*mV)))/ms : Hz
I : amp/meter**2
'''

# %% [markdown]
# ## One spike
#
# A pulse of 1 ms, strong enough.

# %%
neuron = NeuronGroup(1, equations, method='exponential_euler')
neuron.m, neuron.n, neuron.h = 0.053, 0.318, 0.596
state = StateMonitor(neuron, ['v', 'm', 'n', 'h'], record=0)
run(5*ms)
neuron.I = 10*uA/cm**2
run(1*ms)
neuron.I = 0*uA/cm**2
run(14*ms)

fig, (top, bottom) = subplots(2, 1, sharex=True, figsize=(6, 5))
top.plot(state.t/ms, state.v[0]/mV, 'k')
top.axvspan(5, 6, color='C1', alpha=0.3)
top.set_ylabel('v (mV)')
for name in ['m', 'n', 'h']:
    bottom.plot(state.t/ms, getattr(state, name)[0], label=f'${name}$')
bottom.set(xlabel='time (ms)', ylabel='gates')
bottom.legend()
show()

# %% [markdown]
# ## A constant current
#
# Where repetitive firing begins, it begins with a rate of some 50 Hz at once: a neuron of Hodgkin's class 2.

# %%
start_scope()
neurons = NeuronGroup(60, equations, threshold='v > 60*mV', refractory='v > 40*mV', method='exponential_euler')
neurons.m, neurons.n, neurons.h = 0.053, 0.318, 0.596
neurons.I = '20*uA/cm**2*i/N'
spikes = SpikeMonitor(neurons)
duration = 500*ms
run(duration)

figure(figsize=(6, 3.5))
plot(neurons.I/(uA/cm**2), spikes.count/duration/Hz, '.-')
xlabel(r'current ($\mu$A/cm$^2$)')
ylabel('rate (Hz)')
show()
