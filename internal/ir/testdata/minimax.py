#!/usr/bin/env python3
"""Coefficients of the polynomials in internal/ir/expand_coefficients.go.

Each polynomial P of degree d minimises max |w(t) * (P(t) - f(t))| over an
interval, by the second algorithm of Remez (Remez 1934; Cody, Fraser and Hart
1968) in 60-digit arithmetic with mpmath. Afterwards the coefficients are
rounded to double one at a time, lowest degree first; after each rounding the
remaining ones are fitted again, so that they absorb the rounding.

Run: python3 minimax.py            (prints Go tables and the error in bits)
"""
from mpmath import mp, mpf, matrix, lu_solve, log, exp, sin, cos, sinh, cosh, atan, asin, sqrt, pi, nstr, expm1, log1p

mp.dps = 60


def to_double(x):
    return mpf(float(x))


def remez(f, w, a, b, powers, grid=2000):
    """Minimax coefficients for the monomials in powers, and the error."""
    n = len(powers)
    mid, half = (a + b) / 2, (b - a) / 2
    nodes = [mid - half * cos(pi * (2 * k + 1) / (2 * (n + 1))) for k in range(n + 1)]
    xs = [mid - half * cos(pi * k / grid) for k in range(grid + 1)]
    fx = [(x, f(x), w(x)) for x in xs]
    coef, level = None, None
    for _ in range(25):
        A, rhs = matrix(n + 1, n + 1), matrix(n + 1, 1)
        for i, x in enumerate(nodes):
            for j, p in enumerate(powers):
                A[i, j] = x ** p
            A[i, n] = (-1) ** i / w(x)
            rhs[i] = f(x)
        sol = lu_solve(A, rhs)
        coef = [sol[j] for j in range(n)]
        err = [wx * (sum(c * x ** p for c, p in zip(coef, powers)) - y) for x, y, wx in fx]
        # one extremum per run of equal sign
        runs, start = [], 0
        for k in range(1, len(err) + 1):
            if k == len(err) or (err[k] > 0) != (err[start] > 0):
                runs.append(max(range(start, k), key=lambda m: abs(err[m])))
                start = k
        while len(runs) > n + 1:
            if abs(err[runs[0]]) < abs(err[runs[-1]]):
                runs.pop(0)
            else:
                runs.pop()
        if len(runs) < n + 1:
            break
        nodes = [xs[k] for k in runs]
        level = max(abs(e) for e in err)
        if level - min(abs(err[k]) for k in runs) < level / 1000:
            break
    return coef, level


def fit(name, comment, f, w, a, b, degree, refit=True):
    """Print a Go table of degree+1 coefficients, lowest degree first.

    refit needs an interval that does not hold zero inside: there x, x^2, ...
    alone vanish together and have no unique best approximation.
    """
    a, b = mpf(a), mpf(b)
    done = []
    if not refit:
        done = [to_double(c) for c in remez(f, w, a, b, list(range(degree + 1)))[0]]
    for d in range(len(done), degree + 1):
        g = lambda x, done=tuple(done): f(x) - sum(c * x ** p for p, c in enumerate(done))
        coef, _ = remez(g, w, a, b, list(range(d, degree + 1)), 400)
        done.append(to_double(coef[0]))
    xs = [a + (b - a) * k / 4001 for k in range(1, 4001)]
    worst = max(abs(w(x) * (sum(c * x ** p for p, c in enumerate(done)) - f(x))) for x in xs)
    print(f"// {name}: {comment}; error 2^{nstr(log(worst, 2), 4)}.")
    print(f"var {name} = [...]float64{{")
    for c in done:
        print(f"\t{float(c).hex()}, // {nstr(c, 18)}")
    print("}\n", flush=True)


def series(terms):
    return lambda z: sum(c * z ** k for k, c in enumerate(terms))


def taylor(coefficient, n=60):
    return series([coefficient(k) for k in range(n)])


from mpmath import factorial as fac, binomial

ln2 = log(mpf(2))
tiny = mpf(2) ** -40

import sys
want = sys.argv[1:]


def table(name, *rest):
    if not want or name in want:
        fit(name, *rest)


table("expTail", "(e^r - 1 - r)/r^2 on |r| <= ln2/2, relative to e^r",
      taylor(lambda k: 1 / fac(k + 2), 40), lambda r: (r * r + mpf('0.005')) / exp(r),
      -ln2 / 2 * mpf('1.0001'), ln2 / 2 * mpf('1.0001'), 9, False)
table("expm1Tail", "(e^r - 1 - r)/r^2 on |r| <= ln2/2, relative to e^r - 1",
      taylor(lambda k: 1 / fac(k + 2), 40), lambda r: (abs(r) + mpf('0.02')) / taylor(lambda k: 1 / fac(k + 1), 40)(r),
      -ln2 / 2 * mpf('1.0001'), ln2 / 2 * mpf('1.0001'), 10, False)
table("sinhTail", "(sinh(r) - r)/r^3 in z = r^2 on r <= ln2, relative to sinh",
      taylor(lambda k: 1 / fac(2 * k + 3), 30), lambda z: z + tiny, 0, ln2 ** 2 * mpf('1.0001'), 5)
table("coshTail", "(cosh(r) - 1)/r^2 in z = r^2 on r <= ln2, relative to cosh",
      taylor(lambda k: 1 / fac(2 * k + 2), 30), lambda z: z + tiny, 0, ln2 ** 2 * mpf('1.0001'), 5)
q = (pi / 4) ** 2 * mpf('1.0001')
table("sinTail", "(sin(r) - r)/r^3 in z = r^2 on r <= pi/4, relative to sin",
      taylor(lambda k: (-1) ** (k + 1) / fac(2 * k + 3), 30), lambda z: z + tiny, 0, q, 5)
table("cosTail", "(cos(r) - 1 + r^2/2)/r^4 in z = r^2 on r <= pi/4, relative to cos",
      taylor(lambda k: (-1) ** k / fac(2 * k + 4), 30), lambda z: z * z + tiny, 0, q, 5)
smax = (sqrt(mpf(2)) - 1) / (sqrt(mpf(2)) + 1)
table("logTail", "(log((1+s)/(1-s)) - 2s)/s^3 in z = s^2 on s <= 0.1716, relative to log",
      taylor(lambda k: mpf(2) / (2 * k + 3), 60), lambda z: z / 2 + tiny, 0, smax ** 2 * mpf('1.0001'), 6)
table("logFarTail", "(log((1+s)/(1-s)) - 2s - 2s^3/3)/s^5 in z = s^2 on s <= 0.1716, relative to log",
      taylor(lambda k: mpf(2) / (2 * k + 5), 60), lambda z: z * z / 2 + tiny, 0, smax ** 2 * mpf('1.0001'), 6)
t8 = (sqrt(mpf(2)) - 1) ** 2 * mpf('1.0001')
table("arctanTail", "(arctan(t) - t)/t^3 in z = t^2 on t <= tan(pi/8), relative to arctan",
      lambda z: (atan(sqrt(z)) / sqrt(z) - 1) / z if z > mpf(10) ** -12 else series([mpf(-1) / 3, mpf(1) / 5, mpf(-1) / 7, mpf(1) / 9])(z), lambda z: z + tiny, 0, t8, 10)
table("arcsinTail", "(arcsin(t) - t)/t^3 in z = t^2 on t <= 1/2, relative to arcsin",
      taylor(lambda k: binomial(2 * k + 2, k + 1) / (mpf(4) ** (k + 1) * (2 * k + 3)), 110), lambda z: z + tiny, 0, mpf('0.25'), 11)
