from brian2 import *

G = NeuronGroup(3, '''x : 1
y : metre''', threshold='x > 1', reset='x = 0')
H = NeuronGroup(4, '''u : 1
y : metre''')
G.x = 'i'
G.y = 'i*metre'
H.y = '2*i*metre'

def refused(**keywords):
    S = Synapses(G, H)
    try:
        S.connect(**keywords)
    except Exception as e:
        return type(e).__name__
    return len(S)

S = Synapses(G, H, 'w : 1', on_pre='u += w', multisynaptic_index='k')
S.connect('i == j', n=2)
S.connect(i=[0, 2, 0], j=[0, 3, 0])
S.i[:], S.j[:], S.k[:]

S.k, S.k[0, 0], S.k[2], S.multisynaptic_index

S.w = 'i + 10*j + 100*k'
S.w[0, 0], S.w[:, :, 2], S.w[:, :, 1:], S.w['k == 1']

S.w[:, :, 1] = -1
S.w['k > 1'] = '1000*k'
S.w[:]

A = Synapses(G, H, 'w : 1', multisynaptic_index='number')
A.connect(n='i', p='1.0*(j % 2)')
A.i[:], A.j[:], A.number[:]

B = Synapses(G, H)
B.connect('y_pre == y_post', n=3)
B.i[:], B.j[:]

B.connect(i=[0, 1], j=[1, 2], n=3)
B.connect(j='k for k in range(0, N_post, 2) if y_post > y_pre', n='1 + x_pre')
B.i[:], B.j[:]

C = Synapses(G, H)
C.connect(i='int(0.5*j)')
C.connect(j='k for k in range(i - 1, i + 2)', skip_if_invalid=True)
C.connect(i='k for k in range(2) if y_post != y_pre', skip_if_invalid=True)
C.connect(j='k for k in sample(N_post, size=N_post)')
C.i[:], C.j[:]

D = Synapses(G, H)
D.connect(i=array([0, 1, 2]), j=array([1, 2, 3]))
D.connect(i=range(3), j=3)
D.connect(i=G, j=H[:3])
D.connect(i=G[1:], j=H[2:])
D.connect(i=2, j=[0, 1], n=2)
D.i[:], D.j[:]

E = Synapses(G, H)
E.connect()
E.connect(True)
E.connect(False)
E.connect(p=1)
E.connect(p=0)
len(E)

F = Synapses(G, H)
F.connect('True')
F.connect('i < 2 and not j == 1 or i == 2 and u_post == 0')
len(F)

refused(condition='i == j', i=0, j=0), refused(condition='i == j', j='i'), refused(i='j', j='i'), refused(i=0, j='i')

refused(j='k for k in range(3)', p=0.5), refused(i=[0, 1], j=[0, 1, 2]), refused(i=[0.5], j=[1]), refused(condition='k for k in range(2)')

refused(condition='i + j'), refused(j='k for k in range(1.5)'), refused(i=7, j=0), refused(i=0, j=-1)

refused(condition='N_incoming > 0'), refused(condition='i = j'), refused(i=0), refused(j=0)

refused(j='k for k in list(3)'), refused(j='k for k in range(3) for l in range(2)'), refused(j='k for k in sample(10)'), refused(j='k for k in sample(3, p=0.5, size=2)')

refused(p='x_pre*metre'), refused(condition='unknown > 3'), refused(n=0), refused(n=2, condition='i == j')

refused(j='k for k in range(j)'), refused(i=[0, 1], j=[0, 1], n='i'), refused(i=[0, 1], j=[0, 1], n=[1, 2])

N = Synapses(G, H, multisynaptic_index='k')
N.connect()
N.connect('i == j')
N.k[:], N.i[:]
