"""Reference for single precision: run with Brian2 2.5.1 (Debian's python3-brian) and its numpy target.

    python3 single_precision.py

It writes single_precision.npz with spikes and samples (every 10th step) of four models whose floats are float32:
integrate-and-fire neurons with a recurrent synapse, AdEx neurons, Hodgkin-Huxley neurons, and event-driven plasticity.
No random numbers are used.
"""
import numpy as np
from brian2 import *

prefs.codegen.target = 'numpy'
prefs.core.default_float_dtype = float32
out = {}


def keep(model, spikes, monitor=None, *names):
    out[model + '_i'] = np.array(spikes.i, dtype='int64')
    out[model + '_t'] = np.array(spikes.t / second, dtype='float64')
    for name in names:
        out[model + '_' + name] = np.array(getattr(monitor, name), dtype='float64')[:, ::10].ravel()


start_scope()
tau = 10*ms
G = NeuronGroup(50, '''dv/dt = (I - v)/tau : volt (unless refractory)
                      I : volt''', threshold='v > 10*mV', reset='v = 0*mV', refractory=5*ms, method='exact')
G.I = '(9 + 0.1*i)*mV'
S = Synapses(G, G, 'w : volt', on_pre='v_post += w', delay=1*ms)
S.connect(condition='abs(i-j) < 3 and i != j')
S.w = '0.05*mV*(1 + (i+j) % 3)'
M = StateMonitor(G, 'v', record=[0, 20, 49])
P = SpikeMonitor(G)
run(200*ms)
keep('lif', P, M, 'v')

start_scope()
C, gL, EL, VT, DeltaT, Vcut = 281*pF, 30*nS, -70.6*mV, -50.4*mV, 2*mV, -40.4*mV
tauw, a, b, Vr = 144*ms, 4*nS, 0.0805*nA, -70.6*mV
G = NeuronGroup(10, '''dv/dt = (gL*(EL - v) + gL*DeltaT*exp((v - VT)/DeltaT) + I - w)/C : volt
                      dw/dt = (a*(v - EL) - w)/tauw : amp
                      I : amp''', threshold='v > Vcut', reset='v = Vr; w += b', method='euler')
G.v = EL
G.I = '(0.6 + 0.1*i)*nA'
M = StateMonitor(G, ['v', 'w'], record=True)
P = SpikeMonitor(G)
run(200*ms)
keep('adex', P, M, 'v', 'w')

start_scope()
Cm, gl, El, EK, ENa, gNa, gK, VTh = 200*pF, 10*nS, -60*mV, -90*mV, 50*mV, 20*usiemens, 6*usiemens, -63*mV
G = NeuronGroup(5, '''dv/dt = (gl*(El-v) - gNa*(m*m*m)*h*(v-ENa) - gK*(n*n*n*n)*(v-EK) + I)/Cm : volt
                     dm/dt = alpham*(1-m)-betam*m : 1
                     dn/dt = alphan*(1-n)-betan*n : 1
                     dh/dt = alphah*(1-h)-betah*h : 1
                     alpham = 0.32*(mV**-1)*4*mV/exprel((13*mV-v+VTh)/(4*mV))/ms : Hz
                     betam = 0.28*(mV**-1)*5*mV/exprel((v-VTh-40*mV)/(5*mV))/ms : Hz
                     alphah = 0.128*exp((17*mV-v+VTh)/(18*mV))/ms : Hz
                     betah = 4./(1+exp((40*mV-v+VTh)/(5*mV)))/ms : Hz
                     alphan = 0.032*(mV**-1)*5*mV/exprel((15*mV-v+VTh)/(5*mV))/ms : Hz
                     betan = .5*exp((10*mV-v+VTh)/(40*mV))/ms : Hz
                     I : amp''', threshold='v > -20*mV', refractory='v > -20*mV', method='exponential_euler')
G.v = El
G.I = '0.1*i*nA + 0.05*nA'
M = StateMonitor(G, ['v', 'h'], record=True)
P = SpikeMonitor(G)
run(100*ms)
keep('hh', P, M, 'v', 'h')

start_scope()
A = SpikeGeneratorGroup(3, [0, 1, 2, 0, 1, 2, 0], [1, 2, 3, 10.1, 12, 15, 40]*ms)
B = SpikeGeneratorGroup(2, [0, 1, 0, 1], [5, 6, 20, 31.3]*ms)
S = Synapses(A, B, '''w : 1
                      dApre/dt = -Apre/(20*ms) : 1 (event-driven)
                      dApost/dt = -Apost/(25*ms) : 1 (event-driven)''',
             on_pre='''Apre += 0.01
                       w = clip(w + Apost, 0, 1)''',
             on_post='''Apost += -0.012
                        w = clip(w + Apre, 0, 1)''')
S.connect()
S.w = 0.5
run(60*ms)
out['stdp_w'] = np.array(S.w[:], dtype='float64')
out['stdp_Apre'] = np.array(S.Apre[:], dtype='float64')

np.savez_compressed('single_precision.npz', **out)
