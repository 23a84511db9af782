"""Writes randomstate.tsv: draws of NumPy's RandomState that the tests of package rng repeat.

Run with NumPy 1.24 (Debian 12: python3-numpy):  python3 randomstate.py
Columns: seed (comma separated: an array), method, arguments, number of draws, the draws with the numbers
0, step, 2*step, ... as hexadecimal floats or integers, the generator's next word after all draws.
"""
import numpy as np

assert np.__version__.startswith("1.24."), np.__version__

STEP = 40
rows = []


def draw(seed, method, args, count, step=STEP, size=None):
    r = np.random.RandomState(seed)
    if size is None:  # one array of count draws
        values = getattr(r, method)(*args, size=count)
    else:
        values = getattr(r, method)(*args)
    flat = np.asarray(values).ravel()
    text = ",".join(v.hex() if isinstance(v, float) else str(v) for v in flat[::step].tolist())
    seeds = ",".join(str(s) for s in np.atleast_1d(seed)) + ("," if np.ndim(seed) else "")
    rows.append((seeds, method, ",".join(repr(a) for a in args), str(len(flat)), text, str(r.randint(0, 2**32))))


for seed in [0, 1, 4022, 42, 4294967295, [1, 2, 3], [2**32 - 1], list(range(700)), [0]]:
    draw(seed, "random_sample", (), 4000)
for seed, low, high in [(1, 0, 10), (2, -5, 6), (3, 0, 2), (4, 7, 8), (5, 0, 2**31), (6, 0, 2**32), (7, 0, 2**32 + 1), (8, -2**63, 2**63 - 1),
                        (9, 0, 2**33), (10, 0, 1000), (4022, 0, 10000), (11, -2**62, 2**62), (12, 0, 257), (13, -2**31, 2**31)]:
    draw(seed, "randint", (low, high), 2000)
for seed in [0, 4022, 99]:
    draw(seed, "standard_normal", (), 8001)
for args in [(0.0, 1.0), (-70.6, 5.0), (1e-3, 2e-4), (3.0, 0.0)]:
    draw(7, "normal", args, 2001)
for args in [(0.0, 1.0), (-3.0, 4.5), (2.0, -1.0), (1e-12, 3e-12)]:
    draw(8, "uniform", args, 2000)
for args in [(1.0,), (0.02,), (1e6,)]:
    draw(9, "exponential", args, 4000)
for args in [(0.0, 1.0), (2.0, 0.25)]:
    draw(10, "lognormal", args, 4000)
for args in [(0.0,), (0.001,), (0.5,), (3.7,), (9.99,), (10.0,), (12.5,), (50.0,), (1000.0,), (1e6,), (1e12,)]:
    draw(11, "poisson", args, 4000)
for args in [(1, 0.5), (10, 0.0), (10, 0.3), (10, 0.9), (0, 0.3), (100, 0.29), (100, 0.31), (100, 0.5), (100, 0.71), (100, 1.0), (10000, 0.02),
             (10000, 0.001), (100000, 0.5), (1000000, 0.25), (10**9, 0.7), (10**9, 1e-8), (400, 0.1), (61, 0.5), (50, 0.99)]:
    draw(12, "binomial", args, 4000)
for args in [(1.0, 1.0), (0.0, 2.0), (0.3, 1.0), (0.99, 0.5), (1.5, 2.0), (10.0, 0.1), (1000.0, 1.0)]:
    draw(13, "gamma", args, 4000)
for args in [(0.5, 0.5), (1.0, 1.0), (0.01, 0.02), (2.0, 3.0), (0.5, 4.0), (100.0, 1.0), (0.001, 0.001)]:
    draw(14, "beta", args, 4000)
for n in [1, 2, 10, 2500, 70000]:
    draw(15, "permutation", (n,), 0, 1 if n < 1000 else 100, size=())
for n, size, replace in [(5, 3, True), (5, 5, False), (1000, 200, False), (1000, 200, True), (3, 0, True), (1, 1, False)]:
    draw(16, "choice", (n, size, replace), 0, 1, size=())
for p, size, replace in [([0.1, 0.2, 0.3, 0.4], 100, True), ([0.0, 0.5, 0.5, 0.0], 50, True), ([0.1, 0.2, 0.3, 0.4], 4, False),
                         ([0.7, 0.1, 0.1, 0.05, 0.05, 0.0], 5, False), ([1 / 3] * 3, 20, True)]:
    draw(17, "choice", (len(p), size, replace, p), 0, 1, size=())

with open("randomstate.tsv", "w") as f:
    for row in rows:
        f.write("\t".join(row) + "\n")

errors = []
for method, args in [("randint", (3, 3)), ("normal", (0.0, -1.0)), ("lognormal", (0.0, -1.0)), ("exponential", (-1.0,)), ("gamma", (-1.0, 1.0)),
                     ("gamma", (1.0, -1.0)), ("beta", (0.0, 1.0)), ("beta", (1.0, -1.0)), ("poisson", (-1.0,)), ("poisson", (float("nan"),)),
                     ("poisson", (1e19,)), ("binomial", (-1, 0.5)), ("binomial", (1, 1.5)), ("binomial", (1, float("nan"))),
                     ("uniform", (0.0, float("inf"))), ("choice", (0, 1, True)), ("choice", (3, 4, False)),
                     ("choice", (3, 1, True, [0.5, 0.5])), ("choice", (2, 1, True, [0.5, 0.6])), ("choice", (2, 1, True, [-0.5, 1.5])),
                     ("choice", (2, 1, True, [float("nan"), 0.5])), ("choice", (3, 3, False, [0.5, 0.5, 0.0]))]:
    try:
        getattr(np.random.RandomState(0), method)(*args)
        raise AssertionError((method, args))
    except (ValueError, OverflowError) as error:
        errors.append((method, ",".join(repr(a) for a in args), type(error).__name__, str(error)))
with open("errors.tsv", "w") as f:
    for row in errors:
        f.write("\t".join(row) + "\n")
