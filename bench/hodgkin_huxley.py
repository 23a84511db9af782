"""One Hodgkin-Huxley neuron with a constant current, in steps of 0.01 ms, its voltage recorded.

The squid's axon of Hodgkin and Huxley (1952), J. Physiol. 117: 500-544, at rest at -65 mV. BENCH_SECONDS is the
biological time.
"""
from os import getenv
from brian2 import *

seconds = float(getenv('BENCH_SECONDS', '10'))

seed(1)
defaultclock.dt = 0.01*ms
C = 1*ufarad/cm**2
g_leak, g_Na, g_K = 0.3*msiemens/cm**2, 120*msiemens/cm**2, 36*msiemens/cm**2
E_leak, E_Na, E_K, V_rest = -54.4*mV, 50*mV, -77*mV, -65*mV
I = 10*uA/cm**2

neuron = NeuronGroup(1, '''
    dv/dt = (I + g_leak*(E_leak - v) + g_Na*m**3*h*(E_Na - v) + g_K*n**4*(E_K - v))/C : volt
    dm/dt = alpha_m*(1 - m) - beta_m*m : 1
    dh/dt = alpha_h*(1 - h) - beta_h*h : 1
    dn/dt = alpha_n*(1 - n) - beta_n*n : 1
    u = (v - V_rest)/mV : 1
    alpha_m = 1/exprel((25 - u)/10)/ms : Hz
    beta_m = 4*exp(-u/18)/ms : Hz
    alpha_h = 0.07*exp(-u/20)/ms : Hz
    beta_h = 1/(1 + exp((30 - u)/10))/ms : Hz
    alpha_n = 0.1/exprel((10 - u)/10)/ms : Hz
    beta_n = 0.125*exp(-u/80)/ms : Hz
    ''', threshold='v > 0*mV', refractory='v > 0*mV', method='exponential_euler')
neuron.v = V_rest
neuron.m, neuron.h, neuron.n = 0.05, 0.6, 0.32

spikes = SpikeMonitor(neuron)
trace = StateMonitor(neuron, 'v', record=True)
run(seconds*second)
print(spikes.num_spikes, 'spikes')
