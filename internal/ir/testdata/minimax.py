#!/usr/bin/env python3
"""The polynomials of expand_coefficients.go.

Each polynomial P of degree d minimises max |w(t) * (P(t) - f(t))| over an
interval, by the second algorithm of Remez (1934) in 60-digit arithmetic. Its
coefficients are rounded to double (tables for F32: to single) one at a time, lowest degree first; after
each rounding the remaining ones are fitted again, so that they absorb it.

    python3 minimax.py [table ...]      prints Go tables; needs mpmath; 30 s
"""
import struct
import sys

from mpmath import atan, binomial, cos, exp, factorial, log, lu_solve, matrix, mp, mpf, nstr, pi, sqrt, tanh

mp.dps = 60


def remez(f, w, a, b, powers, grid=400):
    """Minimax coefficients of the monomials in powers."""
    n = len(powers)
    mid, half = (a + b) / 2, (b - a) / 2
    nodes = [mid - half * cos(pi * (2 * k + 1) / (2 * (n + 1))) for k in range(n + 1)]
    points = [mid - half * cos(pi * k / grid) for k in range(grid + 1)]
    values = [(x, f(x), w(x)) for x in points]
    for _ in range(25):
        system, right = matrix(n + 1, n + 1), matrix(n + 1, 1)
        for i, x in enumerate(nodes):
            for j, p in enumerate(powers):
                system[i, j] = x ** p
            system[i, n] = (-1) ** i / w(x)
            right[i] = f(x)
        solution = lu_solve(system, right)
        coefficients = [solution[j] for j in range(n)]
        error = [wx * (sum(c * x ** p for c, p in zip(coefficients, powers)) - y) for x, y, wx in values]
        # The largest error between every two changes of sign.
        extrema, start = [], 0
        for k in range(1, len(error) + 1):
            if k == len(error) or (error[k] > 0) != (error[start] > 0):
                extrema.append(max(range(start, k), key=lambda m: abs(error[m])))
                start = k
        while len(extrema) > n + 1:
            extrema.pop(0 if abs(error[extrema[0]]) < abs(error[extrema[-1]]) else -1)
        if len(extrema) < n + 1:
            break
        nodes = [points[k] for k in extrema]
        largest = max(abs(e) for e in error)
        if largest - min(abs(error[k]) for k in extrema) < largest / 1000:
            break
    return coefficients


def single(x):
    return struct.unpack("f", struct.pack("f", float(x)))[0]


def table(name, comment, f, w, a, b, degree, refit=True, rounded=float):
    """Print a Go table of degree + 1 coefficients, lowest degree first.

    refit needs an interval without zero inside: there x, x^2, ... alone vanish
    together and have no unique best approximation.
    """
    if len(sys.argv) > 1 and name not in sys.argv[1:]:
        return
    a, b = mpf(a), mpf(b)
    done = []
    if not refit:
        done = [mpf(rounded(c)) for c in remez(f, w, a, b, list(range(degree + 1)), 2000)]
    for d in range(len(done), degree + 1):
        rest = lambda x, done=tuple(done): f(x) - sum(c * x ** p for p, c in enumerate(done))
        done.append(mpf(rounded(remez(rest, w, a, b, list(range(d, degree + 1)))[0])))
    points = [a + (b - a) * k / 4001 for k in range(1, 4001)]
    worst = max(abs(w(x) * (sum(c * x ** p for p, c in enumerate(done)) - f(x))) for x in points)
    print(f"// {name}: {comment}; error 2^{nstr(log(worst, 2), 4)}.")
    print(f"var {name} = [...]float64{{")
    for c in done:
        print(f"\t{float(c).hex()}, // {nstr(c, 18)}")
    print("}\n", flush=True)


def taylor(coefficient, terms):
    values = [coefficient(k) for k in range(terms)]
    return lambda z: sum(c * z ** k for k, c in enumerate(values))


def arctan_tail(z):
    if z < mpf(10) ** -12:
        return mpf(-1) / 3 + z / 5 - z * z / 7
    return (atan(sqrt(z)) / sqrt(z) - 1) / z


margin = mpf('1.0001')  # arguments may lie a rounding beyond the interval
tiny = mpf(2) ** -40    # keeps weights positive
ln2 = log(mpf(2))
half = ln2 / 2 * margin
quarter = (pi / 4) ** 2 * margin
s2 = ((sqrt(mpf(2)) - 1) / (sqrt(mpf(2)) + 1)) ** 2 * margin

exp_tail = taylor(lambda k: 1 / factorial(k + 2), 40)
table("expTail", "(e^r - 1 - r)/r^2 on |r| <= ln2/2, relative to e^r",
      exp_tail, lambda r: (r * r + mpf('0.005')) / exp(r), -half, half, 9, False)
table("expm1Tail", "(e^r - 1 - r)/r^2 on |r| <= ln2/2, relative to e^r - 1",
      exp_tail, lambda r: (abs(r) + mpf('0.02')) / taylor(lambda k: 1 / factorial(k + 1), 40)(r), -half, half, 10, False)
table("expTail32", "(e^r - 1 - r)/r^2 on |r| <= ln2/2, relative to e^r",
      exp_tail, lambda r: (r * r + mpf('0.005')) / exp(r), -half, half, 4, False, single)
table("expm1Tail32", "(e^r - 1 - r)/r^2 on |r| <= ln2/2, relative to e^r - 1",
      exp_tail, lambda r: (abs(r) + mpf('0.02')) / taylor(lambda k: 1 / factorial(k + 1), 40)(r), -half, half, 5, False, single)
def tanh_tail(z):
    return mpf(-1) / 3 + 2 * z / 15 if z < mpf(10) ** -12 else (tanh(sqrt(z)) / sqrt(z) - 1) / z


table("tanhTail32", "(tanh(x) - x)/x^3 in z = x^2 on |x| <= 0.4, relative to tanh",
      tanh_tail, lambda z: z + tiny, 0, mpf('0.16'), 3, True, single)
table("sinhTail", "(sinh(r) - r)/r^3 in z = r^2 on r <= ln2, relative to sinh",
      taylor(lambda k: 1 / factorial(2 * k + 3), 30), lambda z: z + tiny, 0, ln2 ** 2 * margin, 5)
table("coshTail", "(cosh(r) - 1)/r^2 in z = r^2 on r <= ln2, relative to cosh",
      taylor(lambda k: 1 / factorial(2 * k + 2), 30), lambda z: z + tiny, 0, ln2 ** 2 * margin, 5)
table("sinTail", "(sin(r) - r)/r^3 in z = r^2 on r <= pi/4, relative to sin",
      taylor(lambda k: (-1) ** (k + 1) / factorial(2 * k + 3), 30), lambda z: z + tiny, 0, quarter, 5)
table("cosTail", "(cos(r) - 1 + r^2/2)/r^4 in z = r^2 on r <= pi/4, relative to cos",
      taylor(lambda k: (-1) ** k / factorial(2 * k + 4), 30), lambda z: z * z + tiny, 0, quarter, 5)
table("logTail", "(log((1+s)/(1-s)) - 2s)/s^3 in z = s^2 on s <= 0.1716, relative to log",
      taylor(lambda k: mpf(2) / (2 * k + 3), 60), lambda z: z / 2 + tiny, 0, s2, 6)
table("logTail32", "(log((1+s)/(1-s)) - 2s)/s^3 in z = s^2 on s <= 0.1716, relative to log",
      taylor(lambda k: mpf(2) / (2 * k + 3), 60), lambda z: z / 2 + tiny, 0, s2, 2, True, single)
table("logFarTail", "(log((1+s)/(1-s)) - 2s - 2s^3/3)/s^5 in z = s^2 on s <= 0.1716, relative to log",
      taylor(lambda k: mpf(2) / (2 * k + 5), 60), lambda z: z * z / 2 + tiny, 0, s2, 6)
table("arctanTail", "(arctan(t) - t)/t^3 in z = t^2 on t <= 1/2, relative to arctan",
      arctan_tail, lambda z: z + tiny, 0, mpf('0.25'), 11)
table("arcsinTail", "(arcsin(t) - t)/t^3 in z = t^2 on t <= 1/2, relative to arcsin",
      taylor(lambda k: binomial(2 * k + 2, k + 1) / (mpf(4) ** (k + 1) * (2 * k + 3)), 110), lambda z: z + tiny, 0, mpf('0.25'), 11)
