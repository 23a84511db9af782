from brian2 import *
tau, taux, tauy = 1*ms, 1.5*ms, 4*ms
G = NeuronGroup(3, '''dv/dt = (x - v)/tau : 1
                      dx/dt = (y - x)/taux : 1
                      dy/dt = -y/tauy : 1''', method='exact')
G.y = 'i'
H = NeuronGroup(2, '''dv/dt = (x - v)/t1 : 1
                      dx/dt = (0.5 - x)/taux : 1
                      t1 : second''', method='exact')
H.v = 1
H.t1 = '(1 + i)*ms'

run(2*ms)
G.v[:], G.x[:], G.y[:], H.v[:], H.x[:]
