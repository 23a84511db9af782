from brian2 import *

start_scope()
G = NeuronGroup(5, '''v : volt
n : 1
w : volt''')
P = PoissonInput(G, 'v', 4, 10*kHz, 2*mV)
Q = PoissonInput(G[1:3], 'n', N=3, rate=10000*Hz, weight=0.5)
R = PoissonInput(target=G, target_var='w', N=1, rate=0*Hz, weight='v + 1*mV')
P.N, P.rate, P.weight, P.target_var, Q.N, Q.weight, P.name, Q.name, R.weight

run(0.3*ms)
G.v[:], G.n[:], G.w[:]

P.active = False
run(0.1*ms)
G.v[:], G.n[:]

start_scope()
H = NeuronGroup(3, 'dv/dt = 0*volt/second : volt (unless refractory)', threshold='v > 5*mV', reset='v = 0*mV', refractory=0.3*ms)
S = PoissonInput(H, 'v', 1, 10*kHz, '(i + 1)*mV')
M = StateMonitor(H, 'v', record=True)
run(1.5*ms)
M.v[:]

def refused(f):
    try:
        f()
    except Exception as e:
        return type(e).__name__
    return 'fine'

refused(lambda: PoissonInput(G, 'v', 4, 10*Hz, 2)), refused(lambda: PoissonInput(G, 'unknown', 4, 10*Hz, 2*mV)), refused(lambda: PoissonInput(G, 'v', 4, 10*mV, 2*mV)), refused(lambda: PoissonInput(G, 'v', 4, 10, 2*mV))

b = BinomialFunction(7, 1.0)
z = BinomialFunction(7, 0.0)
F = NeuronGroup(3, 'x : 1\ny : integer')
F.x = 'b() + 10*z()'
F.y = 'int(b()) + poisson(0)'
F.x[:], F.y[:]

refused(lambda: F.x.set_item('i > 0', 'b() + b()'))
