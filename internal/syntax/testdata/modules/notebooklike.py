# A study in the style of a teaching notebook: parameters, equations in triple quotes, helpers.
from brian2 import *
import pandas as pd

gL = 1/(400*Mohm)     # leak
EL, VT = -65*mV, -52*mV

eqs = Equations('''
dv/dt = (gL*(EL - v) + I)/C : volt
I : amp
''')


def rate_of(spikes, k, default=0*Hz):
    "mean rate of one neuron"
    times = spikes.t[spikes.i == k]
    return 1/mean(diff(times)) if len(times) > 2 else default


def from_row(row):
    return dict(
        g = float(row['g [nS]'])*nS,
        tau = float(row['tau [ms]'])*ms,
        C = float(row['tau [ms]'])*ms*gL,
    )


G = NeuronGroup(100, eqs, threshold='v > VT',
                reset='v = EL; I += 1*pA',
                method='exponential_euler')
G.set_states(dict(v=EL))
for k in range(100):
    sigma = 0.05 if k < 80 else 0.01
    G.I[k] = (1 + sigma*randn(4)[0])*pA
good = array([rate_of(S, k) > 5*Hz for k in range(100)]) & ~bad
params = {key: table[key][k] for key in ['g', 'tau', 'C']}
plot(acc[good][:, 0], acc[~good][:, 1], 'b.', label='$\\tau_m/\\tau_w$')
print(f'{sum(good)/len(good):.1%} of {len(good)=}')
xlabel('time, ms'); ylabel('neuron')
