from pylab import *
rc('xtick', labelsize=16)
rc('ytick', labelsize=16)
rc('axes', labelsize=16, grid=True)
rc('font', size=16)
seed(3)
x = rand(3000)*2
y = randn(3000)*0.6 + 0.4
inter = (y > 0.3) & (rand(3000) < 0.3)
pyr = ~inter & (x < 1.4)
plot(x[inter], y[inter], 'b.', label='inter')
plot(x[pyr], y[pyr], 'r.', alpha=0.1, label='pyr')
legend()
xlabel('$\\tau_m/\\tau_w$')
ylabel('aR')
