"""2500 adaptive exponential neurons with plastic synapses: short-term plasticity and STDP, delays of 10 +- 0.1 ms.

Half of the 2000 excitatory neurons receive a current from 1 s to 6 s. BENCH_SCENARIO says which synapses are active:
silent (none), excitation (input and excitatory ones), inhibition (all). BENCH_RECORD=1 records v and g_e of all
neurons: 400 MB for each second. BENCH_SECONDS is the biological time.
"""
from os import getenv
from brian2 import *
import numpy

scenario = getenv('BENCH_SCENARIO', 'excitation')
record = getenv('BENCH_RECORD', '0') == '1'
seconds = float(getenv('BENCH_SECONDS', '10'))

seed(1)
numpy.random.seed(1)
defaultclock.dt = 0.1*ms
excitatory, inhibitory = 2000, 500
N = excitatory + inhibitory

# Neurons
V_rest, V_rheobase, V_cut, sharpness = -70*mV, -50*mV, -20*mV, 2*mV
R_in = 500*Mohm
E_e, E_i, tau_e, tau_i = 0*mV, -80*mV, 5*ms, 10*ms

# A current for each neuron and millisecond.
table = zeros((6002, N))
table[1000:6001, :] = 1e-12
current = TimedArray(table*amp, dt=1*ms)

neurons = NeuronGroup(N, '''
    dv/dt = (V_rest - v + sharpness*exp((v - V_rheobase)/sharpness) + R_in*(I_syn + stimulus*current(t, i) - w))/tau_m : volt
    dw/dt = (a*(v - V_rest) - w)/tau_w : amp
    dg_e/dt = -g_e/tau_e : siemens
    dg_i/dt = -g_i/tau_i : siemens
    I_syn = g_e*(E_e - v) + g_i*(E_i - v) : amp
    a : siemens
    b : amp
    tau_m : second
    tau_w : second
    v_reset : volt
    stimulus : 1
    ''', threshold='v > V_cut', reset='v = v_reset; w += b', method='exponential_euler')

# Adapting pyramidal cells and tonic interneurons, each a little different.
kind = arange(N) < excitatory
spread = where(kind, 0.05, 0.01)
neurons.v = V_rest
neurons.b = where(kind, 5, 60)*(1 + spread*randn(N))*pA
neurons.tau_m = where(kind, 200, 20)*(1 + spread*randn(N))*ms
neurons.tau_w = where(kind, 100, 30)*(1 + spread*randn(N))*ms
neurons.v_reset = -55*(1 + spread*randn(N))*mV
neurons.stimulus = where(arange(N) < excitatory//2, 35, 0)

# Synapses
tau_p, tau_n, tau_stdp = 0.8*second, 1.5*second, 20*ms
p_0, A_pre, A_post = 0.6, 0.01, -0.0105
w_e, w_i, depth = 1.0, 20.0, 0.1

release = '''
    dp/dt = (p_0 - p)/tau_p : 1 (event-driven)
    dn/dt = (1 - n)/tau_n : 1 (event-driven)
    '''
traces = '''
    dpre/dt = -pre/tau_stdp : 1 (event-driven)
    dpost/dt = -post/tau_stdp : 1 (event-driven)
    weight : 1
    '''
on_release = '''
    p += p_0*(1 - p)
    r = p*n
    n -= r
    '''
plasticity = '''
    pre += A_pre
    weight = clip(weight + post, (1 - depth)*{w}, {w})
    {g}_post += weight*r*nS
    '''
depression = '''
    post += A_post
    weight = clip(weight + pre, (1 - depth)*{w}, {w})
    '''

rates = 20*rand(25)
input = PoissonGroup(25, rates*Hz)
S_input = Synapses(input, neurons[:excitatory], release, on_pre=on_release + 'g_e_post += 10*w_e*r*nS')
S_e = Synapses(neurons[:excitatory], neurons, release + traces,
               on_pre=on_release + plasticity.format(w='w_e', g='g_e'), on_post=depression.format(w='w_e'))
S_i = Synapses(neurons[excitatory:], neurons, release + traces,
               on_pre=on_release + plasticity.format(w='w_i', g='g_i'), on_post=depression.format(w='w_i'))
S_input.connect(p=0.01)
S_e.connect(p=0.05)
S_e.delay = '10*ms + 0.1*ms*randn()'
S_i.connect(p=0.1)
S_i.delay = '10*ms + 0.1*ms*randn()'
for synapses in [S_input, S_e, S_i]:
    synapses.p = p_0
    synapses.n = 1
S_input.active = scenario != 'silent'
S_e.active = scenario != 'silent'
S_i.active = scenario == 'inhibition'

spikes = SpikeMonitor(neurons)
if record:
    trace = StateMonitor(neurons, ['v', 'g_e'], record=True)
run(seconds*second)
print(spikes.num_spikes, 'spikes')
