"""Writes semantics.json: what Brian2 does in small deterministic networks, for conformance_test.go.

    /usr/bin/python3 testdata/brian2/semantics.py

Made with Brian2 2.5.1 (Debian's python3-brian, numpy target).
"""
import json
import os

import numpy as np
from brian2 import *

prefs.codegen.target = "numpy"
BrianLogger.suppress_name("")
results = {"version": __import__("brian2").__version__}


def scenario(f):
    start_scope()
    defaultclock.dt = 0.1 * ms
    results[f.__name__] = {k: np.asarray(v, dtype=float).tolist() for k, v in f().items()}


@scenario
def generator_bins():
    P = SpikeGeneratorGroup(4, [0, 1, 2, 3], [0.05, 0.1, 0.15, 0.1999] * ms)
    M = SpikeMonitor(P)
    Network(P, M).run(1 * ms)
    return {"i": M.i[:], "t": M.t[:] / second}


@scenario
def generator_order():
    P = SpikeGeneratorGroup(4, [2, 0, 3, 1], [0.18, 0.15, 0.12, 0.31] * ms)
    M = SpikeMonitor(P)
    Network(P, M).run(1 * ms)
    return {"i": M.i[:], "t": M.t[:] / second}


@scenario
def generator_period():
    P = SpikeGeneratorGroup(3, [0, 1, 2], [0, 0.2, 0.5] * ms, period=0.7 * ms)
    M = SpikeMonitor(P)
    net = Network(P, M)
    net.run(1 * ms)
    net.run(1.1 * ms)
    return {"i": M.i[:], "t": M.t[:] / second}


@scenario
def timed_array_steps():
    f = TimedArray([1, 2, 3, 4], dt=1 * ms)
    G = NeuronGroup(1, "x = f(t) : 1")
    M = StateMonitor(G, "x", record=True)
    Network(G, M).run(5 * ms)
    return {"x": M.x[0]}


@scenario
def timed_array_fine():
    f = TimedArray([1, 2, 3], dt=0.05 * ms)
    G = NeuronGroup(1, "x = f(t) : 1")
    M = StateMonitor(G, "x", record=True)
    Network(G, M).run(0.3 * ms)
    return {"x": M.x[0]}


@scenario
def timed_array_odd():
    f = TimedArray(np.arange(8), dt=0.25 * ms)
    G = NeuronGroup(1, "dv/dt = f(t)/ms : 1")
    M = StateMonitor(G, "v", record=True)
    Network(G, M).run(2.5 * ms)
    return {"v": M.v[0]}


@scenario
def timed_array_columns():
    f = TimedArray(np.arange(12).reshape(3, 4), dt=0.2 * ms)
    G = NeuronGroup(4, "x = f(t, i) : 1")
    M = StateMonitor(G, "x", record=True)
    Network(G, M).run(0.8 * ms)
    return {"x": M.x[:].flatten()}


@scenario
def subgroups():
    G = NeuronGroup(6, "dv/dt = (i + 1)/ms : 1\nw : 1", threshold="v > 0.95", reset="v = 0; w += 1")
    A, B = G[1:4], G[2:]
    P, Q = SpikeMonitor(A), SpikeMonitor(B)
    R = PopulationRateMonitor(B)
    S = Synapses(A, B, on_pre="w_post += 10*(i + 1) + 0.1*j")
    S.connect("i != j")
    B.w = "100*i"
    M = StateMonitor(B, "w", record=[0, 3])
    net = Network(G, P, Q, R, S, M)
    net.run(1.5 * ms)
    return {
        "p_i": P.i[:], "p_t": P.t[:] / second, "q_i": Q.i[:], "counts": Q.count[:], "rate": R.rate[:] / Hz,
        "s_i": S.i[:], "s_j": S.j[:], "w": G.w[:], "m": M.w[:].flatten(), "b_i": B.i[:],
        "outgoing": S.N_outgoing_pre, "incoming": S.N_incoming_post,
    }


@scenario
def protected_assignment():
    G = NeuronGroup(4, "dv/dt = 0/ms : 1 (unless refractory)\nu : 1", threshold="v > 1", reset="v = 0", refractory=1 * ms)
    G.v[1] = 2
    net = Network(G)
    net.run(0.3 * ms)
    out = {}
    G.v = "10 + i"
    out["string"] = G.v[:].copy()
    G.v["i < 2"] = "20 + i"
    out["condition"] = G.v[:].copy()
    G.v[[0, 1, 2]] = "30 + i"
    out["indices"] = G.v[:].copy()
    G.u = "40 + i"
    out["other"] = G.u[:].copy()
    G.v = [1, 1, 1, 1]
    out["array"] = G.v[:].copy()
    return out


@scenario
def boolean_refractory():
    G = NeuronGroup(
        2, "dv/dt = 1/ms : 1 (unless refractory)\ndu/dt = -u/ms : 1", threshold="v > 0.25", reset="v = 0; u = 1",
        refractory="u > 0.4 + 0.2*i", method="euler")
    M, T = SpikeMonitor(G), StateMonitor(G, ["v", "not_refractory"], record=True)
    Network(G, M, T).run(4 * ms)
    return {"i": M.i[:], "t": M.t[:] / second, "v": T.v[:].flatten(), "free": T.not_refractory[:].flatten()}


@scenario
def string_refractory():
    G = NeuronGroup(
        3, "dv/dt = 1/ms : 1 (unless refractory)\nrest : second", threshold="v > 0.25", reset="v = 0", refractory="rest + 0.05*ms")
    G.rest = "i*0.2*ms"
    M = SpikeMonitor(G)
    Network(G, M).run(3 * ms)
    return {"i": M.i[:], "t": M.t[:] / second, "lastspike": G.lastspike[:] / second}


@scenario
def smooth_rate():
    P = SpikeGeneratorGroup(4, [0, 1, 2, 3, 0, 1], [0.1, 0.1, 0.3, 0.7, 1.2, 1.9] * ms)
    R = PopulationRateMonitor(P)
    Network(P, R).run(2 * ms)
    return {
        "rate": R.rate[:] / Hz, "flat": R.smooth_rate("flat", 0.5 * ms) / Hz, "even": R.smooth_rate("flat", 0.4 * ms) / Hz,
        "gaussian": R.smooth_rate("gaussian", 0.3 * ms) / Hz,
    }


@scenario
def names_at_each_run():
    G = NeuronGroup(1, "dv/dt = k/ms : 1", method="euler")
    H = NeuronGroup(1, "dv/dt = k/ms : 1", method="euler", namespace={"k": 100})
    net = Network(G, H)
    k = 1
    net.run(1 * ms)
    first = [G.v[0], H.v[0]]
    k = 10
    net.run(1 * ms)
    return {"first": first, "second": [G.v[0], H.v[0]]}


@scenario
def recorded_subexpression():
    G = NeuronGroup(2, "dv/dt = -v/(1*ms) : 1\ny = v*(i + 1) + k : 1", method="exact", namespace={"k": 5})
    G.v = 1
    k = 7
    M = StateMonitor(G, "y", record=[1])
    Network(G, M).run(0.5 * ms)
    return {"y": M.y[0]}


@scenario
def pathways():
    P = SpikeGeneratorGroup(2, [0, 1], [0, 0.3] * ms)
    G = NeuronGroup(2, "v : 1")
    S = Synapses(P, G, "w : 1", on_pre={"fast": "v_post += w", "slow": "v_post = 2*v_post + w"}, delay={"fast": 0.2 * ms})
    S.connect()
    S.w = "1 + i + 10*j"
    S.slow.delay = "0.5*ms + 0.1*ms*(i + j)"
    M = StateMonitor(G, "v", record=True)
    Network(P, G, S, M).run(1.5 * ms)
    return {"v": M.v[:].flatten(), "slow": S.slow.delay[:] / second}


@scenario
def inactive_pathway():
    P = SpikeGeneratorGroup(1, [0], [0.1] * ms)
    G = NeuronGroup(1, "v : 1")
    S = Synapses(P, G, on_pre={"one": "v_post += 1", "ten": "v_post += 10"})
    S.connect()
    S.ten.active = False
    Network(P, G, S).run(0.5 * ms)
    return {"v": G.v[:]}


@scenario
def several_clocks():
    P = SpikeGeneratorGroup(1, [0, 0, 0], [0.25, 0.5, 1.0] * ms, dt=0.25 * ms)
    G = NeuronGroup(1, "dv/dt = 1/ms : 1", dt=0.5 * ms, method="euler")
    S = Synapses(P, G, on_pre="v_post += 10", delay=0.6 * ms)
    S.connect()
    M = StateMonitor(G, "v", record=True, dt=0.2 * ms)
    Network(P, G, S, M).run(3 * ms)
    return {"v": M.v[0], "t": M.t[:] / second}


@scenario
def milstein_and_heun():
    # deterministic parts: without noise both methods are explicit ones
    out = {}
    for method in ("euler", "rk2", "rk4", "heun", "milstein", "exponential_euler"):
        G = NeuronGroup(1, "dv/dt = -v/(1*ms) + exp(-v)/(2*ms) : 1", method=method)
        G.v = 0.7
        Network(G).run(2 * ms)
        out[method] = G.v[:]
    return out


@scenario
def written_states():
    G = NeuronGroup(2, "v : volt\nn : integer\nb : boolean\ny = 2*v : volt")
    G.set_states({"v": [1, 2] * mV, "n": [3, 4], "b": [True, False]})
    s = G.get_states(["v", "n", "b"], units=False)
    return {k: s[k] for k in s}


@scenario
def clock_driven_synapses():
    P = SpikeGeneratorGroup(2, [0, 1], [0.2, 0.4] * ms)
    G = NeuronGroup(2, "v : 1\ntau : second (constant)")
    G.tau = "(1 + i)*1.5*ms"
    S = Synapses(
        P, G, "dg/dt = (h - g)/tau_post : 1 (clock-driven)\ndh/dt = -h/(2*ms) : 1 (clock-driven)",
        on_pre="h += 1", method="exact")
    S.connect()
    Network(P, G, S).run(2 * ms)
    return {"g": S.g[:], "h": S.h[:]}


@scenario
def custom_order_of_connects():
    G = NeuronGroup(3, "v : 1\nx : 1")
    G.x = "i"
    S = Synapses(G, G, "w : 1")
    S.connect("i < j")
    S.connect(i=[2, 0], j=[0, 2], n=2)
    S.connect(j="k for k in range(i, N_post, 2) if x_pre < 2")
    S.connect(i="j + 1 if j < 2")
    S.w = "i*10 + j"
    S.w["i == 0"] = -1
    S.w[:, 2] = "100 + w"
    return {"i": S.i[:], "j": S.j[:], "w": S.w[:], "pairs": S.w[0, :], "selected": S.w["j == 1"]}


with open(os.path.join(os.path.dirname(__file__), "semantics.json"), "w") as f:
    json.dump(results, f, indent=1, sort_keys=True)
    f.write("\n")
