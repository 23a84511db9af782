#!/usr/bin/python3
"""One-step results and acceptance of Brian2's update methods, for the tests of package integrate.

Usage: brian2_steps.py > brian2_steps.json   (Brian2 2.5.1, Debian's python3-brian)

For every model and method: either "refused", or "slow" (SymPy needs more than a minute), or the state after one step as Brian2's abstract code computes it
in float64, the noise variables xi being given. Everything is dimensionless; dt is given in the same numbers.
"""
import json
import signal
import sys
import warnings

import brian2
import numpy as np
from brian2 import Equations, NeuronGroup, TimedArray, second
from brian2.core.functions import DEFAULT_FUNCTIONS
from brian2.stateupdaters.base import (StateUpdateMethod,
                                       UnsupportedEquationsException)

warnings.filterwarnings("ignore")
brian2.prefs.codegen.target = "numpy"
brian2.BrianLogger.log_level_error()

METHODS = ["exact", "exponential_euler", "euler", "rk2", "rk4", "heun", "milstein"]
DT = 0.1

# name -> right-hand sides. Names that are no state variables are parameters.
MODELS = {
    "decay": {"v": "-v/tau"},
    "leaky": {"v": "(I - v)/tau"},
    "leaky two terms": {"v": "(E - v)/tau + I/C"},
    "leaky conductance": {"v": "(gl*(E - v) + g*(F - v) + I)/C"},
    "growth": {"v": "v/tau + I"},
    "constant": {"v": "1/tau"},
    "zero": {"v": "0"},
    "constant and linear": {"v": "-v/tau", "x": "I"},
    "coupled diagonal": {"v": "(I - v)/tau", "w": "(a - w)/tau_w"},
    "synaptic current": {"v": "(g + I - v)/tau", "g": "-g/tau_e"},
    "synaptic current relaxing": {"v": "(g - v)/tau", "g": "(a - g)/tau_e"},
    "equal rates": {"v": "(g - v)/tau", "g": "-g/tau"},
    "equal literal rates": {"v": "(g - v)/0.5", "g": "-g/0.5"},
    "two currents": {"v": "(g + h - v)/tau", "g": "-g/tau_e", "h": "-h/tau_i"},
    "alpha synapse": {"v": "(g + I - v)/tau", "g": "(x - g)/tau_e", "x": "-x/tau_e"},
    "chain of three": {"v": "(g - v)/tau", "g": "(x - g)/tau_e", "x": "-x/tau_i"},
    "chain of three relaxing": {"v": "(g - v)/tau", "g": "(x - g)/tau_e", "x": "(I - x)/tau_i"},
    "chain of four": {"v": "(g - v)/tau", "g": "(x - g)/tau_e", "x": "(y - x)/tau_i", "y": "-y/tau_w"},
    "integrator of decay": {"x": "z/tau", "z": "-z/tau_e"},
    "oscillator": {"x": "y", "y": "-x"},
    "oscillator tau": {"x": "y/tau", "y": "-x/tau"},
    "oscillator two tau": {"x": "y/tau", "y": "-x/tau_e"},
    "oscillator parameters": {"x": "a*y", "y": "-b*x"},
    "saddle parameters": {"x": "a*y", "y": "b*x"},
    "damped oscillator": {"x": "(y - x)/tau", "y": "(-x - y)/tau"},
    "two coupled literal": {"x": "-2*x + y", "y": "x - 3*y"},
    "two coupled symmetric": {"x": "(y - 2*x)/tau", "y": "(x - 2*y)/tau"},
    "two coupled": {"x": "(y - x)/tau", "y": "(x - 2*y)/tau_e"},
    "two coupled driven": {"x": "(y - x + I)/tau", "y": "(x - 2*y)/tau_e"},
    "adaptation": {"v": "(I - v - w)/tau", "w": "(a*v - w)/tau_w"},
    "adaptation with reversal": {"v": "(E - v - w)/tau", "w": "(a*(v - E) - w)/tau_w"},
    "adaptation and synapse": {"v": "(g - v - w)/tau", "w": "(a*v - w)/tau_w", "g": "-g/tau_e"},
    "two coupled singular": {"x": "(y - x)/tau", "y": "(x - y)/tau"},
    "three coupled": {"x": "(y - 2*x)/tau", "y": "(x + z - 2*y)/tau", "z": "(y - 2*z)/tau"},
    "three coupled rational": {"x": "(y + z - 3*x)/tau", "y": "(x + z - 3*y)/tau", "z": "(x + y - 3*z)/tau"},
    "ring of three": {"x": "(y - 2*x)/tau", "y": "(z - 2*y)/tau", "z": "(x - 2*z)/tau"},
    "cubic": {"v": "-v**3"},
    "quadratic": {"v": "(v - v**2)/tau"},
    "quadratic and constant": {"v": "-v**2 + 1"},
    "quadratic full": {"v": "-v**2 - v + 1"},
    "inverse": {"v": "(1/v - v)/tau"},
    "product expands": {"v": "(v + 1)*(2 - v)/tau + v**2/tau"},
    "square cancels": {"v": "((v + 1)**2 - v**2)/tau"},
    "root": {"v": "(sqrt(v) - v)/tau"},
    "exponential remainder": {"v": "(exp(v) - v)/tau"},
    "exponential alone": {"v": "exp(v)/tau"},
    "exponential slope": {"v": "v*exp(v)/tau - v/tau"},
    "exponential split": {"v": "exp(v + log(v)) - v"},
    "exponential of log": {"v": "exp(2*log(v)) - v"},
    "sine": {"v": "(sin(v) - v)/tau"},
    "absolute": {"v": "(abs(v) - v)/tau"},
    "clip": {"v": "(clip(v, 0, 0.5) - v)/tau"},
    "comparison": {"v": "(int(v > 0.2) - v)/tau"},
    "comparison slope": {"v": "-v*int(v > 0.2)/tau"},
    "power two point zero": {"v": "(w**2.0 - v)/tau", "w": "-w/tau_w"},
    "symbolic power": {"v": "(w**a - v)/tau", "w": "-w/tau_w"},
    "modulo": {"v": "(I % a - v)/tau"},
    "product of states": {"v": "(w*v - v)/tau", "w": "-w/tau_w"},
    "explicit time": {"v": "(t - v)/tau"},
    "sine of time": {"v": "(sin(t) - v)/tau"},
    "slope of time": {"v": "-v*t/tau"},
    "random": {"v": "(rand() - v)/tau"},
    "timed array": {"v": "(current(t) - v)/tau"},
    "timed array half": {"v": "(current_half(t) - v)/tau"},
    "timed array one and a half": {"v": "(current_odd(t) - v)/tau"},
    "timed array shifted": {"v": "(current(t + 1) - v)/tau"},
    "timed array matrix": {"v": "(current2(t, i) - v)/tau"},
    "hodgkin-huxley gate": {"m": "al*(1 - m) - be*m"},
    "hodgkin-huxley": {
        "v": "(gl*(E - v) + a*m**3*h*(F - v) + I)/C",
        "m": "0.32*(13 - v)/(exp((13 - v)/4) - 1)*(1 - m) - 0.28*(v - 40)/(exp((v - 40)/5) - 1)*m",
        "h": "0.128*exp((17 - v)/18)*(1 - h) - 4/(1 + exp((40 - v)/5))*h",
    },
    "adex": {
        "v": "(-(v - E) + D*exp((v - T)/D) + R*((-g*(v - F) - h*(v - K)) + b + s*current(t) - w))/tau",
        "w": "(a*(v - E) - w)/tau_w",
        "g": "-g/tau_e",
        "h": "-h/tau_i",
    },
    "izhikevich": {"v": "0.04*v**2 + 5*v + 140 - u + I", "u": "a*(b*v - u)"},
    "morris-lecar-like": {"v": "(I - gl*(v - E) - a*(1 + tanh((v - T)/D))/2*(v - F))/C", "w": "(1/(1 + exp(-v)) - w)/tau_w"},
    "van der pol": {"x": "a*(x - x**3/3 - y)", "y": "x/a"},
    "additive": {"v": "-v/tau + sigma*xi"},
    "additive sqrt": {"v": "(I - v)/tau + sigma*sqrt(2/tau)*xi"},
    "additive two": {"v": "-v/tau + sigma*xi_a + a*xi_b", "w": "-w/tau_w + b*xi_b"},
    "additive factored": {"v": "(I - v + sigma*xi)/tau"},
    "additive timed array": {"v": "-v/tau + current(t)*xi"},
    "additive explicit time": {"v": "-v/tau + t*xi"},
    "multiplicative": {"v": "-v/tau + sigma*v*xi"},
    "multiplicative two": {"v": "-v/tau + sigma*v*xi_a + a*w*xi_b", "w": "-w/tau_w + b*v*xi_b"},
    "multiplicative diagonal": {"v": "(w - v)/tau + sigma*v*w*xi_a", "w": "-w/tau_w + b*sqrt(w)*xi_b"},
    "multiplicative one noisy": {"v": "(w - v)/tau + sigma*v*w*xi", "w": "(v - w)/tau_w"},
    "noise squared": {"v": "-v/tau + xi**2"},
    "noise product": {"v": "-v/tau + xi_a*xi_b"},
}

VALUES = dict(
    v=0.3, w=0.7, x=0.45, y=-0.6, z=0.8, g=0.25, h=0.55, m=0.15, u=-0.35,
    tau=0.9, tau_w=4.0, tau_e=0.35, tau_i=0.6, I=0.65, a=0.4, b=0.75, C=1.3, E=-0.7, F=1.1, K=-0.8, gl=0.5,
    D=0.2, T=0.5, R=1.7, s=0.3, sigma=0.45, al=0.9, be=0.35, t=2.1,
    xi=0.21, xi_a=-0.34, xi_b=0.17,
)
CURRENT = [0.5, -0.25, 0.75]


def current(t, *_):
    """The value of the TimedArrays below at t = 2.1: their last one."""
    return CURRENT[-1]


def variables_of(equations):
    arrays = {
        "current": TimedArray(CURRENT, dt=1 * second),
        "current_half": TimedArray(CURRENT, dt=DT / 2 * second),
        "current_odd": TimedArray(CURRENT, dt=1.5 * DT * second),
        "current2": TimedArray(np.array([CURRENT]).T, dt=1 * second),
    }
    group = NeuronGroup(1, equations, method="euler", dt=DT * second)
    variables = dict(DEFAULT_FUNCTIONS)
    variables.update(group.variables)
    variables.update(arrays)
    return variables


def environment():
    env = {name: getattr(np, name) for name in ("exp", "log", "sin", "cos", "tanh", "sqrt", "abs", "sinh", "cosh")}
    env.update(VALUES, dt=DT, i=0, int=lambda c: 1 * np.asarray(c, dtype=int), rand=lambda: 0.5)
    env["clip"] = lambda x, low, high: min(max(x, low), high)
    for name in ("current", "current_half", "current_odd", "current2"):
        env[name] = current
    return env


def on_alarm(*_):
    raise TimeoutError


def step(method, model):
    text = "\n".join(f"d{name}/dt = {rhs} : 1" for name, rhs in model.items())
    names = set()
    for rhs in model.values():
        names |= brian2.utils.stringtools.get_identifiers(rhs)
    parameters = names & set(VALUES) - set(model) - {"t", "xi", "xi_a", "xi_b", "i"}
    text += "".join(f"\n{name} : 1" for name in sorted(parameters))
    equations = Equations(text)
    signal.alarm(60)
    try:
        code = StateUpdateMethod.stateupdaters[method](equations, variables_of(equations))
    except UnsupportedEquationsException:
        return "refused"
    except TimeoutError:
        return "slow"
    except Exception:  # Brian2 fails in other ways on what it cannot split
        return "refused"
    finally:
        signal.alarm(0)
    env = environment()
    for line in code.splitlines():
        if line.startswith("xi"):
            continue  # the draw: xi is given
        exec(line, env)
    result = {name: float(env[name]) for name in model}
    return result if all(np.isfinite(list(result.values()))) else "not finite"


def main():
    signal.signal(signal.SIGALRM, on_alarm)
    results = []
    for name, model in MODELS.items():
        entry = {"name": name, "equations": model}
        entry["steps"] = {method: step(method, model) for method in METHODS}
        entry["automatic"] = next(m for m in ("exact", "euler", "heun", "none")
                                  if m == "none" or entry["steps"][m] != "refused")
        results.append(entry)
        print(name, entry["steps"]["exact"], file=sys.stderr)
    values = {"dt": DT, "current": CURRENT[-1], **VALUES}
    json.dump({"provenance": f"brian2_steps.py, Brian2 {brian2.__version__}, NumPy {np.__version__}",
               "values": values, "models": results}, open("/dev/stdout", "w"), indent=1)


main()
