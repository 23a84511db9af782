"""10 000 adaptive exponential neurons with random parameters, v and w recorded: 1.6 GB for each second.

Each receives 100 pA from 1 s to 2 s, so that kinds of neurons can be told apart by how they answer. BENCH_RECORD=0
records only spikes. BENCH_SECONDS is the biological time.
BENCH_BITS=32 simulates in single precision.
"""
from os import getenv
from brian2 import *
import numpy

record = getenv('BENCH_RECORD', '1') == '1'
seconds = float(getenv('BENCH_SECONDS', '5'))
if getenv('BENCH_BITS') == '32':
    prefs.core.default_float_dtype = float32

seed(1)
numpy.random.seed(1)
defaultclock.dt = 0.1*ms
N = 10000
V_rest, V_rheobase, V_cut, sharpness, R_in = -70*mV, -50*mV, -20*mV, 2*mV, 500*Mohm
current = TimedArray(array([0]*1000 + [1]*1001 + [0])*pA, dt=1*ms)

neurons = NeuronGroup(N, '''
    dv/dt = (V_rest - v + sharpness*exp((v - V_rheobase)/sharpness) + R_in*(bias + 100*current(t) - w))/tau_m : volt
    dw/dt = (a*(v - V_rest) - w)/tau_w : amp
    a : siemens
    b : amp
    tau_m : second
    tau_w : second
    v_reset : volt
    bias : amp
    ''', threshold='v > V_cut', reset='v = v_reset; w += b', method='exponential_euler')
neurons.v = V_rest
neurons.a = uniform(-1, 3, N)*nS
neurons.b = uniform(5, 50, N)*pA
neurons.tau_m = uniform(5, 200, N)*ms
neurons.tau_w = uniform(30, 100, N)*ms
neurons.v_reset = uniform(-60, -45, N)*mV
neurons.bias = 5*randn(N)*pA

spikes = SpikeMonitor(neurons)
if record:
    trace = StateMonitor(neurons, ['v', 'w'], record=True)
run(seconds*second)
print(spikes.num_spikes, 'spikes')
