from brian2 import *
from numpy.random import randn, rand, randint, uniform

seed(4022)

def sample(a, b, tau_m, tau_w, Vreset, sigma):
    m = 1 + sigma*randn(10)
    return dict(a=a*m[0], b=b*m[1], tau_m=tau_m*m[2], tau_w=tau_w*m[3], Vreset=Vreset*m[4])

sets = [sample(0*nS, 5*pA, 200*ms, 100*ms, -55*mV, 0.05) if k < 2000 else sample(0.5*nS, 60*pA, 20*ms, 30*ms, -55*mV, 0.01) for k in range(2500)]

['%.13g' % float(s[name]) for s in sets[::250] for name in ['a', 'b', 'tau_m', 'tau_w', 'Vreset']]

['%.13g' % sum([float(s[name])**2 for s in sets]) for name in ['a', 'b', 'tau_m', 'tau_w', 'Vreset']]

[randint(2500) for k in range(20)]

uniform(-60, -45, 5).tolist()

rand(3).tolist()
