"""Statistics of a plastic AdEx network of 500 neurons, run with Brian2 2.5.1 (Debian's python3-brian), cython target.

    python3 small_network.py

writes small_network.json: for seeds 11 to 18 and three scenarios, the quantities that TestSmallNetworkStatistics
compares. Parameters, connections, delays and input are random.

    python3 small_network.py input FIRST LAST

prints, a line for each seed, those of the network of 2500 neurons of which only the input is active: what TestStudy compares.
The seeds 100 to 119 and 200 to 219 of study.json are made so.

    python3 small_network.py excitation FIRST LAST

does the same with input and excitation, for 10 s: the seeds 300 to 339 of study.json.
"""
import json
import sys
import numpy as np
from brian2 import *

BrianLogger.log_level_error()
prefs.codegen.target = 'cython'
Ninh, Nexc, duration, scale = 100, 400, 6.5, 5
scenario_of_study = {'input': 'Poisson input', 'excitation': '+ excitation'}[sys.argv[1]] if len(sys.argv) > 1 else None
if scenario_of_study:
    Ninh, Nexc, scale = 500, 2000, 1
if scenario_of_study == '+ excitation':
    duration = 10

Vth = -50*mV
El = -70*mV
Vcut = -20*mV
deltaT = 2*mV
Rin = 500*Mohm
E_e = 0*mV
E_i = -80*mV
tau_e = 5*ms
tau_i = 10*ms
tau_ps = 0.8*second
tau_ns = 1.5*second
tau_stdp = 20*ms
p_s0 = 0.6
Apre0 = 0.01
Apost0 = -Apre0*1.05
w_e = 1*nS
w_i = 20*nS
stdp_value = 0.1

equations = '''
dv/dt = (-(v-El) + deltaT*exp((v-Vth)/deltaT) + Rin*(Isyn + Ibias + Iapp - w))/tau_m : volt
dw/dt = (a*(v-El) - w)/tau_w : amp
a : siemens
b : amp
tau_m : second
tau_w : second
Vreset : volt
stim_amp : 1
Ibias : amp
Iapp = stim_amp*input_current(t) : amp
Isyn = -g_e*(v-E_e) - g_i*(v-E_i) : amp
dg_e/dt = -g_e/tau_e : siemens
dg_i/dt = -g_i/tau_i : siemens
'''
tm = '''
dp_s/dt = (p_s0-p_s)/tau_ps : 1 (event-driven)
dn_s/dt = (1-n_s)/tau_ns : 1 (event-driven)
'''
stdp = '''
dApre/dt = -Apre/tau_stdp : 1 (event-driven)
dApost/dt = -Apost/tau_stdp : 1 (event-driven)
w_syn : 1
'''
release = '''
p_s += p_s0*(1-p_s)
r_s = p_s*n_s
n_s -= r_s
'''
values = np.zeros(6002)
values[1000:6001] = 1e-12
input_current = TimedArray(values*amp, dt=1*ms)


def study(number):
    seed(number)
    defaultclock.dt = 0.1*ms
    N = Nexc+Ninh
    G = NeuronGroup(N, equations, threshold='v>Vcut', reset='v=Vreset; w += b', method='exponential_euler', name='G')
    inhibitory = np.arange(N) >= Nexc
    sigma = np.where(inhibitory, 0.01, 0.05)
    draw = lambda: 1 + sigma*np.random.randn(N)
    G.v = El
    G.b = np.where(inhibitory, 60, 5)*draw()*pA
    G.tau_m = np.where(inhibitory, 20, 200)*draw()*ms
    G.tau_w = np.where(inhibitory, 30, 100)*draw()*ms
    G.Vreset = -55*draw()*mV
    P = PoissonGroup(25, 'rand()*20*Hz', name='P')

    def plastic(source, g, w, p, name):
        s = Synapses(source, G, model=tm+stdp, name=name, on_pre=release+'''
            Apre += Apre0
            w_syn = clip(w_syn+Apost, (1-stdp_value)*%s/nS, %s/nS)
            %s_post += w_syn*r_s*nS''' % (w, w, g), on_post='''
            Apost += Apost0
            w_syn = clip(w_syn+Apre, (1-stdp_value)*%s/nS, %s/nS)''' % (w, w))
        s.connect(p=p*scale)
        s.delay = '10*ms + 0.1*randn()*ms'
        s.p_s = p_s0
        s.n_s = 1
        return s

    recurrent = []
    if scenario_of_study != 'Poisson input':
        exc = plastic(G[:Nexc], 'g_e', 'w_e', 0.05, 'exc')
        recurrent.append(exc)
    if not scenario_of_study:
        inh = plastic(G[Nexc:], 'g_i', 'w_i', 0.1, 'inh')
        recurrent.append(inh)
    inp = Synapses(P, G[:Nexc], model=tm, on_pre=release+'g_e_post += 10*w_e*r_s', name='inp')
    inp.connect(p=0.01)
    inp.p_s = p_s0
    inp.n_s = 1
    S = SpikeMonitor(G, name='S')
    net = Network(G, P, recurrent, inp, S)
    net.store()
    results = {}
    for name, flags in [('Poisson input', (True, False, False)), ('+ excitation', (True, True, False)), ('+ inhibition', (True, True, True))]:
        if scenario_of_study and name != scenario_of_study:
            continue
        net.restore()
        for synapses, active in zip([inp]+recurrent, flags):
            synapses.active = active
        G.stim_amp[:Nexc//2] = 35
        net.run(duration*second)
        i, t = np.array(S.i), np.array(S.t_)
        early = np.histogram(t[t < 4], np.arange(0, 4.01, 0.25))[0]
        results[name] = {
            'exc spikes': int((i < Nexc).sum()), 'inh spikes': int((i >= Nexc).sum()), 'neurons that spike': int(len(np.unique(i))),
            'spikes 2.0-3.5 s': int(((t >= 2) & (t < 3.5)).sum()), 'spikes 4.0-6.0 s': int(((t >= 4) & (t < 6)).sum()),
            'largest 250 ms bin before 4 s': int(early.max()),
        }
        if scenario_of_study:
            results[name]['first spike (s)'] = float(t.min())
        if scenario_of_study == '+ excitation':
            results[name]['last spike (s)'] = float(t.max())
        if scenario_of_study != 'Poisson input':
            results[name].update({
                'mean w_syn exc': float(np.mean(exc.w_syn[:])), 'mean p_s exc': float(np.mean(exc.p_s[:])),
                'mean n_s exc': float(np.mean(exc.n_s[:])),
            })
        if not scenario_of_study:
            results[name]['mean w_syn inh'] = float(np.mean(inh.w_syn[:]))
    return results


if scenario_of_study:
    for number in range(int(sys.argv[2]), int(sys.argv[3])+1):
        print(json.dumps({'seed': number, **study(number)[scenario_of_study]}), flush=True)
    sys.exit()

out = {}
for number in range(11, 19):
    for scenario, quantities in study(number).items():
        for quantity, value in quantities.items():
            out.setdefault(scenario, {}).setdefault(quantity, []).append(value)
    with open('small_network.json', 'w') as f:
        json.dump({'seeds': list(range(11, 11+len(next(iter(next(iter(out.values())).values()))))), 'scenarios': out}, f, indent=1)
