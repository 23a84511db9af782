"""4000 Hodgkin-Huxley neurons with conductance-based synapses, 320 000 of them.

Benchmark 3 of Brette et al. (2007), J. Comput. Neurosci. 23: 349-398: the channels of Traub and Miles, 6 nS and 67 nS,
without delay. BENCH_SECONDS is the biological time.
BENCH_BITS=32 simulates in single precision.
"""
from os import getenv
from brian2 import *

seconds = float(getenv('BENCH_SECONDS', '10'))
if getenv('BENCH_BITS') == '32':
    prefs.core.default_float_dtype = float32

seed(1)
defaultclock.dt = 0.1*ms
area = 20000*umetre**2
C = area*1*ufarad/cm**2
g_leak, g_Na, g_K = area*0.05*msiemens/cm**2, area*100*msiemens/cm**2, area*30*msiemens/cm**2
E_leak, E_Na, E_K, E_e, E_i, V_T = -60*mV, 50*mV, -90*mV, 0*mV, -80*mV, -63*mV
tau_e, tau_i, w_e, w_i = 5*ms, 10*ms, 6*nS, 67*nS

neurons = NeuronGroup(4000, '''
    dv/dt = (g_leak*(E_leak - v) + g_e*(E_e - v) + g_i*(E_i - v) + g_Na*m**3*h*(E_Na - v) + g_K*n**4*(E_K - v))/C : volt
    dm/dt = alpha_m*(1 - m) - beta_m*m : 1
    dh/dt = alpha_h*(1 - h) - beta_h*h : 1
    dn/dt = alpha_n*(1 - n) - beta_n*n : 1
    dg_e/dt = -g_e/tau_e : siemens
    dg_i/dt = -g_i/tau_i : siemens
    u = (v - V_T)/mV : 1
    alpha_m = 1.28/exprel((13 - u)/4)/ms : Hz
    beta_m = 1.4/exprel((u - 40)/5)/ms : Hz
    alpha_h = 0.128*exp((17 - u)/18)/ms : Hz
    beta_h = 4/(1 + exp((40 - u)/5))/ms : Hz
    alpha_n = 0.16/exprel((15 - u)/5)/ms : Hz
    beta_n = 0.5*exp((10 - u)/40)/ms : Hz
    ''', threshold='v > -20*mV', refractory=3*ms, method='exponential_euler')
neurons.v = 'E_leak + 5*mV*(randn() - 1)'
neurons.g_e = '40*nS + 15*nS*randn()'
neurons.g_i = '200*nS + 120*nS*randn()'
excitatory = Synapses(neurons[:3200], neurons, on_pre='g_e_post += w_e')
excitatory.connect(p=0.02)
inhibitory = Synapses(neurons[3200:], neurons, on_pre='g_i_post += w_i')
inhibitory.connect(p=0.02)

spikes = SpikeMonitor(neurons)
run(seconds*second)
print(spikes.num_spikes, 'spikes')
