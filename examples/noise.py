# %% [markdown]
# # Noise
#
# `xi` is white noise: an equation with it is stochastic. Its dimension is that of one over the square root of time.

# %%
from brian2 import *

seed(8)

# %% [markdown]
# ## An Ornstein-Uhlenbeck process
#
# Its standard deviation and its correlation in time are given by two parameters.

# %%
tau, sigma = 10*ms, 1.5
process = NeuronGroup(500, 'dx/dt = -x/tau + sigma*sqrt(2/tau)*xi : 1', method='euler')
process.x = 'sigma*randn()'
x = StateMonitor(process, 'x', record=True, dt=1*ms)
run(400*ms)

lags = arange(40)
correlation = [mean(x.x[:, :-40]*x.x[:, k:x.x.shape[1] - 40 + k]) for k in lags]
print(f'standard deviation {std(x.x):.3f}')

fig, (left, right) = subplots(1, 2, figsize=(9, 3.5))
left.plot(x.t/ms, x.x[:3].T, lw=1)
left.set(xlabel='time (ms)', ylabel='$x$')
right.plot(lags, correlation, '.', label='measured')
right.plot(lags, sigma**2*exp(-lags*ms/tau), 'k', label=r'$\sigma^2 e^{-t/\tau}$')
right.set(xlabel='lag (ms)', ylabel='correlation')
right.legend()
tight_layout()
show()

# %% [markdown]
# ## Spikes because of noise
#
# The mean of the input stays below threshold; the more noise, the more spikes.

# %%
start_scope()
neurons = NeuronGroup(400, '''dv/dt = (0.8 - v)/tau + s*sqrt(2/tau)*xi : 1
                              s : 1 (constant)''', threshold='v > 1', reset='v = 0', method='euler')
neurons.s = '0.02 + 0.4*(i // 20)/20'
spikes = SpikeMonitor(neurons)
duration = 1*second
run(duration)

rates = (spikes.count/duration/Hz).reshape(20, 20)
figure(figsize=(6, 3.5))
errorbar(neurons.s[::20], mean(rates, axis=1), std(rates, axis=1), fmt='.-', capsize=3)
xlabel('strength of noise')
ylabel('rate (Hz)')
show()
