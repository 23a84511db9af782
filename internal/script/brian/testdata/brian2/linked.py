from brian2 import *

start_scope()
G = NeuronGroup(3, '''dv/dt = (1 + i - v)/(2*ms) : 1
s : volt (shared)
w = 2*v + k : 1
p : amp
n : integer
k : 1''', method='euler')
H = NeuronGroup(3, '''x : 1 (linked)
level : volt (linked)
du/dt = (x - u)/ms : 1
z : 1''', method='euler')
H.x = linked_var(G, 'v')
H.level = linked_var(G.s)
G.v = 'i + 0.5'
G.s = 3*mV
H.x, H.x[:], H.x[1], H.level, H.level[:], H.x['i > 0']

M = StateMonitor(H, ['x', 'u', 'level'], record=True)
run(0.3*ms)
M.x[:], M.u[:], M.level[:], H.x[:], G.v[:]

G.v = 5
H.x[:], H.x_[:]

H.z = 'x + i'
H.z[:]

H.x = 4

H.x[0] = 4

H.x[:] = 'i'

G.v[:], H.x[:]

H.u = linked_var(G, 'v')

start_scope()
A = NeuronGroup(4, 'v : 1')
B = NeuronGroup(6, '''x : 1 (linked)
y : 1 (linked)
q : 1''')
B.x = linked_var(A, 'v', index=[3, 3, 2, 2, 1, 1])
B.y = linked_var(A.v, index=[3, 3, 2, 2, 1, 0])
A.v = '10*i'
B.x[:], B.y[:], B.x[2], B.y[1:4], B.x['i > 3']

B.q = 'x + 0.1*y'
B.q[:]

start_scope()
C = NeuronGroup(6, 'dv/dt = 1/ms : 1', threshold='v > 0.25', reset='v = 0', method='euler')
D = NeuronGroup(3, '''a : 1 (linked)
db/dt = a/ms : 1''', method='euler')
D.a = linked_var(C, 'v', index=[2, 3, 4])
C.v = '0.01*i'
run(0.4*ms)
D.a[:], D.b[:], C.v[:]

start_scope()
SS = NeuronGroup(2, 'v : 1')
TT = NeuronGroup(3, 'x : 1 (linked)\nw = 2*x : 1\ny : 1')
TT.x = linked_var(SS, 'v', index=[1, 0, 1])
SS.v = '5 - i'
TT.x[0] = 9
TT.x['i == 1'] = 'x + 1'
TT.y = 'w'
SS.v[:], TT.x[:], TT.y[:]

start_scope()
P = NeuronGroup(2, 'v : 1\nsub = 3*v + i : 1')
Q = NeuronGroup(2, 'x : 1 (linked)\ny : 1')
Q.x = linked_var(P, 'sub')
P.v = 'i + 1'
Q.x[:]

Q.y = 'x'
Q.y[:]

start_scope()
E = NeuronGroup(3, 'v : 1', threshold='v > 2', reset='v = 0')
F = NeuronGroup(3, 'x : 1 (linked)\ny : 1')
F.x = linked_var(E, 'v')
E.v = '2*i'
S = Synapses(E, F, 'w : 1', on_pre='x_post += 100; y_post = y_post + 1')
S.connect('i == j')
S.w = 'x_post + 1'
S.w[:], S.x_post[:]

run(0.1*ms)
E.v[:], F.x[:], F.y[:]

one = NeuronGroup(1, 'v : 1')
many = NeuronGroup(3, 'x : 1 (linked)')
many.x = linked_var(one, 'v')
one.v = 7
Z = NeuronGroup(3, 'y : 1 (linked)\nz : 1')
Z.y = linked_var(F, 'x', index=[2, 1, 2])
F.x = [1, 2, 3] if False else linked_var(E.v)
E.v = 'i + 1'
Z.z = '10*y'
Z.z[:], F.x[:]

def refused(f):
    try:
        f()
    except Exception as e:
        return type(e).__name__
    return 'fine'

def link(**keywords):
    T = NeuronGroup(3, 'x : 1 (linked)')
    T.x = linked_var(A, 'v', **keywords)

def wrong_unit():
    T = NeuronGroup(4, 'x : volt (linked)')
    T.x = linked_var(A, 'v')

def unlinked():
    T = NeuronGroup(4, 'x : 1 (linked)\ny = 2*x : 1')
    T.x[:]

def unlinked_run():
    T = NeuronGroup(4, 'x : 1 (linked)\ndy/dt = x/ms : 1', method='euler')
    Network(T).run(0.1*ms)

refused(link), refused(lambda: link(index=[0, 1])), refused(lambda: link(index=[0.5, 1, 2])), refused(lambda: link(index=[0, 1, 4])), refused(wrong_unit)

refused(lambda: linked_var(A)), refused(lambda: linked_var(A.v, 'v')), refused(unlinked), refused(lambda: linked_var(A, 'unknown'))

refused(lambda: NeuronGroup(2, 'x = 1 : 1 (linked)'))
