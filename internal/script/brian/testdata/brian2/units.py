from brian2 import *

mV, 10*mV, mV*ms, mV/ms, mV**2, 1/mV, -mV, volt, mV*3, mV + volt, mV < volt, mV == mV, 3*uS/cm**2

str(mV), '%s' % mV, f'{mV}', f'{3*mV}', mV.name, mV.dispname, mV.scale, mV.iscompound, float(mV), Unit(1)

mV.dim, (3*mV).dim, second.dim, get_dimensions(3*mV), get_or_create_dimension(m=1)

get_unit((3*mV).dim), have_same_dimensions(mV, volt), have_same_dimensions(3, 4*mV), is_dimensionless(3), is_dimensionless(3*nS)

(3*mV).in_unit(volt), in_unit(3*mV, volt), (3*mV).in_best_unit(), in_best_unit(3*mV), (1234567*mV).in_unit(mV, precision=2)

array([1, 2])*mV, [1, 2]*mV, (1, 2)*mV, mV*[1, 2], linspace(0, 1, 3)*nS, arange(3)*ms

Quantity([1*mV, 2*mV]), array([1*mV, 2*mV]), Quantity(3*mV)

a = [1, 2, 3]*mV
a[1] = 5*mV
a, a[1], a.max(), a.mean(), a/mV, a[a > 2*mV], sqrt(a[0]**2), a.sum(), a.shape, len(a)

1*mV + 1*ms

1*mV + 3

exp(3*mV)

3*mV > 3*ms

a += 1*mV
a *= 2
a

1*mV/(1*mV), 5*mV/volt, 10*ms/defaultclock.dt, int(10*ms/defaultclock.dt), 3*mV % (2*mV)

@check_units(v=volt, result=amp)
def current(v):
    return v/(10*Mohm)

current(10*mV)

isinstance(3*mV, Quantity), isinstance(mV, Unit), isinstance(3, Quantity), isinstance(mV, Quantity)

max([1*mV, 3*mV]), min(a), abs(-3*mV), round(2.5), sorted([3*ms, 1*ms])

where(a > 5*mV)[0], unique([1, 1, 2]), clip([1, 5]*mV, 2*mV, 3*mV), mean([1, 2]*mV), std([1, 3]*ms), diff([1, 4]*ms)

{mV: 'x'}[mV], 0*mV == 0*ms, 0 == 0*mV

5*Mohm*2*nA, 30*nS*(70*mV), 100*pF/(10*nS), 1/(50*ms), 5*mmolar, 3*um**2, 7*gram

zeros(2)*mV, ones(2)*ms, (3*mV).item(), (2*mV)**2, sqrt(4*volt**2)

ms.dim == second.dim, hertz.dim == (1/second).dim

float(3*mV/mV), "%.2f" % (3*mV/mV), "%.1f" % float(3*mV)

t = 0.5*second
t/ms, t + 5*ms, t*2, 2*t, t/2, t % (300*ms)

from brian2.units.constants import faraday_constant, zero_celsius
faraday_constant, zero_celsius + 20*kelvin

from brian2.units.allunits import uvolt
(3*mV).in_unit(uvolt)
