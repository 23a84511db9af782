"""Writes the tables beside this file that the tests of package units compare with.

Run with Brian2 2.5.1 and NumPy 1.24 (Debian 12: python3-brian):  python3 units.py
The tables are tab separated; numbers are hexadecimal floats, dimensions seven exponents in the order
m kg s A K mol cd. The values are drawn from random.random.Random(20240517).
"""
from random import Random

import numpy as np
import brian2
from brian2 import *
from brian2.core.namespace import DEFAULT_UNITS
from brian2.equations.equations import dimensions_and_type_from_string
from brian2.units import allunits, constants, fundamentalunits as fu

assert brian2.__version__ == "2.5.1", brian2.__version__

draw = Random(20240517)


def dims(d):
    return ",".join(repr(float(e)) for e in d._dims)


def write(name, rows):
    with open(name, "w") as f:
        for row in rows:
            row = [str(cell) for cell in row]
            assert not set("\t\n") & set("".join(row)), row
            f.write("\t".join(row) + "\n")


# names.tsv: every unit name; is it one of `from brian2 import *`, is it one inside equations.
star = {}
exec("from brian2 import *", star)
units = {k: u for k, u in vars(allunits).items() if isinstance(u, fu.Unit) and k != "unit"}
units.update((k, u) for k, u in star.items() if isinstance(u, fu.Unit))
write("names.tsv", [(k, repr(u), str(u), u.scale, float(u).hex(), dims(u.dim),
                     int(isinstance(star.get(k), fu.Unit)), int(k in DEFAULT_UNITS))
                    for k, u in sorted(units.items())])

# constants.tsv
names = ["avogadro_constant", "boltzmann_constant", "electric_constant", "electron_mass", "elementary_charge",
         "faraday_constant", "gas_constant", "magnetic_constant", "molar_mass_constant", "zero_celsius"]
write("constants.tsv", [(n, float(getattr(constants, n)).hex(), dims(getattr(constants, n).dim), str(getattr(constants, n)))
                        for n in names])

# quantities.tsv: how quantities print in their best unit.
fu.user_unit_register.units.clear()
fu.user_unit_register.units_for_dimensions.clear()
shown = list({u.dim: None for u in fu.standard_unit_register.units.values() if u.dim is not fu.DIMENSIONLESS})
shown += [u.dim for u in fu.additional_unit_register.units.values()]
for exponents in [(1, 1, 0, 0, 0, 0, 0), (-4, -1, 3, 2, 0, 0, 0), (0, 0, -0.5, 0, 0, 0, 0), (1, 0.5, -1.5, -0.5, 0, 0, 0),
                  (2 / 3, 1 / 3, -1, -1 / 3, 0, 0, 0), (0, 0, 0, 0, -1, 0, 2.5), (4, 0, 0, 0, 0, 0, 0), (0, 0, 1.25, 0, 0, 0, 0)]:
    # Brian2 prints the exponent of a dimension in the type in which it was first seen; whole ones are int here.
    shown.append(fu.get_or_create_dimension([int(e) if e == int(e) else e for e in exponents]))
special = [0.0, -0.0, 1.0, -1.0, 10.0, 100.0, 1000.0, 0.001, 1e-2, 1e-5, 1e5, 0.3, 1 / 3, -70.6e-3, 123456789.0, 1e300, 1e-300, 5e-324,
           float("nan"), float("inf"), float("-inf"), 99999999.0, 100000000.0, 0.0001, 0.00009999, 1 / 3 * 1e7, 2.5, 0.1 + 0.2]
rows = []
for d in shown:
    values = draw.sample(special, 5) + [draw.choice([-1, 1]) * draw.random() * 10.0 ** draw.randint(-16, 12) for _ in range(5)]
    values += [10.0 ** draw.randint(-14, 10), round(draw.uniform(-100, 100), 3) * 10.0 ** draw.choice([-12, -9, -6, -3, 0])]
    if d is volt.dim:
        values += special
    for x in values:
        q = Quantity(x, d)
        rows.append((x.hex(), dims(d), str(q), repr(q)))
write("quantities.tsv", rows)

# inunit.tsv: a quantity in a given unit with a given number of digits.
rows = []
for _ in range(300):
    name = draw.choice(["mV", "volt", "nS", "ms", "Hz", "um2", "mM", "pA", "Mohm", "litre", "kilogram", "cm"])
    u = star.get(name, getattr(allunits, name, None))
    x = draw.choice([-1, 1]) * draw.random() * 10.0 ** draw.randint(-14, 10)
    if draw.random() < 0.3:
        x = float("%.*e" % (draw.randint(0, 3), x))
    precision = draw.choice([None, None, 0, 1, 2, 3, 5, 8, 12, 16])
    rows.append((x.hex(), name, -1 if precision is None else precision, Quantity(x, u.dim).in_unit(u, precision)))
write("inunit.tsv", rows)

# best.tsv: the unit chosen for arrays.
rows = []
for _ in range(300):
    d = draw.choice(shown)
    values = [draw.choice([-1, 1]) * draw.random() * 10.0 ** draw.randint(-12, 6) for _ in range(draw.randint(1, 6))]
    if draw.random() < 0.4:
        values = [10.0 ** draw.randint(-12, 6) for _ in values]
    if draw.random() < 0.3:
        values[0] = draw.choice([0.0, float("nan"), float("inf")])
    u = Quantity(values, d).get_best_unit()
    rows.append((",".join(x.hex() for x in values), dims(d), repr(u) if isinstance(u, fu.Unit) else repr(u.dim)))
write("best.tsv", rows)

# compound.tsv: units built from others, in reverse Polish notation, and quantities once these are registered.
rows = []
expressions = ["usiemens cm 2 ** /", "mV ms /", "mV", "ms -1 **", "volt 0.5 **", "nS mV *", "mV mV *", "mV ms / 2 **", "1 second /",
               "mole litre /", "nA um2 /", "uF cm 2 ** /", "siemens metre 2 ** / mV *", "mV nS pF / /", "mV pA * ms /", "ms -0.5 **",
               "mmole cm 3 ** /", "ohm cm *", "Mohm um *", "second second *", "mvolt mvolt /", "cm ms / 2 ** -1 **", "nmole um 2 ** / second /",
               "mV second 0.5 ** /", "pcoulomb mV / um 2 ** /"]
for expression in expressions:
    stack = []
    fu.user_unit_register.units.clear()
    fu.user_unit_register.units_for_dimensions.clear()
    for word in expression.split():
        if word in ("*", "/", "**"):
            b, a = stack.pop(), stack.pop()
            stack.append(a * b if word == "*" else a / b if word == "/" else a ** b)
        else:
            stack.append(star[word] if word in star else float(word) if '.' in word else int(word))
    (u,) = stack
    row = [expression, repr(u), str(u), float(u).hex(), dims(u.dim)]
    for x in (0.0, 1.5, -3e-6, 2.5e7):
        q = Quantity(x * float(u), u.dim)
        row += [str(q), repr(q)] if isinstance(q, Quantity) else ["-", "-"]
    rows.append(row)
write("compound.tsv", rows)

# mismatch.tsv: messages of operations on quantities of unequal dimension.
rows = []
for a, b in [(1 * mV, 2 * amp), (1 * mV, 1 * second ** -0.5), (3 * nS, 0.25 * pF), (-5 * um ** 2, 1 * metre), (0 * mV, 1 * second),
             (2 * ms, 3 * Hz), (1 * kilogram, 1 * molar), (1.5 * mV * mV, 2 * mV)]:
    for operator in ["+", "-", "%", "<"]:
        try:
            eval("a %s b" % operator)
            raise AssertionError
        except DimensionMismatchError as error:
            rows.append((float(a).hex(), dims(a.dim), operator, float(b).hex(), dims(b.dim), error))
write("mismatch.tsv", rows)

# parse.tsv: texts after the colon of an equation.
texts = """1|volt|mV|2*volt|bool|boolean|integer|foo|amp*meter**-2|siemens/metre**2|1/second|volt**0.5|(volt)|volt**(1/2)|amp/(metre**2)|metre2
second**-1|Hz|hertz|1.0|2|volt*|volt amp|volt - volt|-volt|volt/volt|1*volt|volt*1|volt/1|volt + amp|volt^2|mole/metre**3|molar|mmolar|liter|gram
kilogram|kilogramme|radian|lumen|candle|becquerel|kgram|kelvin2|newton|mol|second//second|1/1|volt**2.0|volt**0|amp*meter**-2.5|Volt|seconds|1e3
volt**--1|2/second|1/second/second|1/(second*second)|1.0/second|mmole|volt**-.5|volt ** -  2|katal|meter**2**2|kmetre|mM|cm|1 / volt * 1|volt*-1
0|-1|volt**.5 /second|volt*.5|01|second**1/2|+volt|1/volt/1|volt%volt|metre ** -4 * kilogram ** -1 * second ** 3 * amp ** 2| volt | 1 |ohm*metre
farad/meter**2|coulomb/second|watt/meter**2/kelvin|siemens/meter**2*volt|joule/(mole*kelvin)|tesla|weber|henry|lux|gray|sievert|klitre|kliter|pascal
ufarad/metre**2|msiemens/metre**2|nS|ms|volt*volt|volt**3|volt**-1*amp|ampere|meter|siemens/metre**|/second|**2|(volt|volt)|volt..2|1..2|volt*(amp""".replace("\n", "|")
rows = []
for text in texts.split("|"):
    try:
        d, kind = dimensions_and_type_from_string(text)
        rows.append((text, "ok", kind, dims(d)))
    except Exception as error:
        rows.append((text, type(error).__name__, str(error).replace("\n", " "), ""))
write("parse.tsv", rows)
