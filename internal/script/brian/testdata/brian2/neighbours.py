from brian2 import *
from brian2.devices.device import reset_device, reinit_devices
reset_device(), reinit_devices()

G = NeuronGroup(4, 'v : 1')
H = NeuronGroup(4, '''g : 1
                      q : 1
                      double = 2*q : 1''')
S = Synapses(G, H, 'w : 1')
S.connect('i != j')
S.w = 'i'
H.q = 'i'

S.indices[1, :], S.indices[:, 2:4], S.indices['i < 2'], S.indices[[1, 2]], S.indices[G[:2], :], S.indices[1, 0]

int(S.indices[3])

S.w[S.indices[:, 1]] = 7
S.w[:]

S.q, S.double, S.q_, S.double_post, S.g[:2]

T = NeuronGroup(1, 'dv/dt = 1*Hz : 1', threshold='v > 1', reset='v = 0', name='group', method='euler')
net = Network(T)
net.run(0.2*ms, profile=True)
len(net.profiling_info) >= 3, 'group_stateupdater' in dict(net.profiling_info), have_same_dimensions(net.profiling_info[0][1], ms)

str(profiling_summary(net)).split('\n')[:2], len(str(profiling_summary(net, show=2)).split('\n'))

T.add_attribute('label')
T.label = 'a'
T.label
