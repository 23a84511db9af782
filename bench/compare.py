"""Compare Synfire with Brian2's C++ standalone mode; compare.sh builds Synfire and calls this.

Brian2 compiles each workload once, in a process of its own; then its program and `synfire bench` run in turns, each
in its own process with the same biological time and number of threads. Compared are the simulations alone, which both
tools time themselves. Of each pair of runs the ratio is taken, and of the ratios the median.

Brian2's programs of one thread measure processor time, not wall time; so it is processor time that is compared, on
which other programs have little influence. With more threads both tools tell the wall time, which on a busy machine
says little.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import time

here = os.path.dirname(os.path.abspath(__file__))
usual = ['adex-silent', 'adex-excitation', 'adex-inhibition', 'adex-excitation-recorded', 'coba', 'coba-bias', 'cuba', 'cobahh',
         'brunel-stdp', 'hodgkin-huxley', 'lif', 'adex-population']

parser = argparse.ArgumentParser(prog='bench/compare.sh', description="Compare Synfire with Brian2's C++ standalone mode.")
parser.add_argument('workloads', nargs='*', metavar='WORKLOAD', help='default: all but some variants')
parser.add_argument('--synfire', required=True, help=argparse.SUPPRESS)
parser.add_argument('--folder', required=True, help=argparse.SUPPRESS)  # for what Brian2 compiles
parser.add_argument('--threads', type=int, default=1, metavar='N', help='of both (default 1)')
parser.add_argument('--repeat', type=int, default=3, metavar='N', help='pairs of runs (default 3)')
parser.add_argument('--scale', type=float, default=1, metavar='X', help='multiplies the biological times')
options = parser.parse_args()


def say(*words):
    print(*words, file=sys.stderr, flush=True)


def synfire(*arguments):
    return json.loads(subprocess.run([options.synfire, 'bench', '--json', *arguments], check=True, stdout=subprocess.PIPE).stdout)


def run_brian2(folder):
    """Runs what Brian2 has compiled. Returns the time of the simulation and the peak memory in MB."""
    main = subprocess.Popen(['./main'], cwd=folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(main.pid, 0)
    if status:
        sys.exit('Brian2: %s/main ended with status %d' % (folder, status))
    with open(os.path.join(folder, 'results', 'last_run_info.txt')) as info:
        return float(info.read().split()[0]), usage.ru_maxrss/1e3*1.024


def compile_with_brian2(workload, seconds, folder):
    environment = dict(os.environ, BENCH_SECONDS=repr(seconds), **dict(s.split('=') for s in workload['settings'] or []))
    done = subprocess.run([sys.executable, '-W', 'ignore', os.path.join(here, 'with_brian2.py'), os.path.join(here, workload['file']), '--device', 'cpp_standalone',
                           '--threads', str(options.threads), '--folder', folder], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode:
        sys.exit('Brian2 failed:\n' + done.stderr.decode()[-3000:])
    return json.loads(done.stdout.decode().splitlines()[-1])


def fresh_memory():
    """Writes 1 GB to memory that the process did not have. Returns GB per second."""
    code = 'import numpy, time\na = numpy.empty(1 << 27)\nt = time.time()\na.fill(1.5)\nprint(a.nbytes/1e9/(time.time() - t))'
    return float(subprocess.run([sys.executable, '-c', code], check=True, stdout=subprocess.PIPE).stdout)


def processor():
    try:
        with open('/proc/cpuinfo') as lines:
            return next(line.split(':')[1].strip() for line in lines if line.startswith('model name'))
    except (OSError, StopIteration):
        return 'unknown processor'


median = statistics.median
compared = 'cpu_s' if options.threads == 1 else 'run_s'
known = {w['name']: w for w in synfire('--list')}
for name in options.workloads:
    if name not in known:
        sys.exit('there is no workload %s; there are %s' % (name, ', '.join(known)))
began = time.time()
executor, brian2 = '', ''
print('| workload | biological | compile: Brian2 | Synfire | run: Brian2 | Synfire | ratio (range) | per neuron-step | per event | peak memory | spikes |')
print('|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|')
for name in options.workloads or usual:
    workload = known[name]
    seconds = workload['seconds']*options.scale
    folder = os.path.join(options.folder, name)
    say(name, 'compiling with Brian2')
    theirs = compile_with_brian2(workload, seconds, folder)
    pairs = []
    for k in range(options.repeat):
        ours = theirs_now = None
        for who in ('synfire', 'brian2') if k % 2 == 0 else ('brian2', 'synfire'):
            if who == 'synfire':
                ours = synfire(name, '--threads', str(options.threads), '--seconds', repr(seconds))[0]
            else:
                theirs_now = run_brian2(folder)
        pairs.append((*theirs_now, ours))
        say('  run %d: Brian2 %.3f s, Synfire %.3f s' % (k + 1, theirs_now[0], ours[compared]))
    subprocess.run(['rm', '-rf', folder])
    executor, brian2 = ours['executor'], theirs['simulator']
    ratios = sorted(run/ours[compared] for run, _, ours in pairs)
    of_ours = lambda of: median([of(ours) for *_, ours in pairs])
    print(' | '.join([
        '| ' + name, '%g s' % seconds, '%.1f s' % theirs['build'], '%.0f ms' % of_ours(lambda o: o['compile_ms']),
        '%.2f s' % median([run for run, *_ in pairs]), '%.3f s' % of_ours(lambda o: o[compared]), '**%.1f** (%.1f - %.1f)' % (median(ratios), ratios[0], ratios[-1]),
        '%.2f ns' % of_ours(lambda o: 1e9*o[compared]/o['neuron_steps']),
        '%.1f ns' % of_ours(lambda o: 1e9*o[compared]/o['synaptic_events']) if ours['synaptic_events'] else '-',
        '%.0f / %.0f MB' % (median([peak for _, peak, _ in pairs]), of_ours(lambda o: o['peak_mb'])),
        '%d / %d%s |' % (theirs['spikes'], ours['spikes'], ', the same' if theirs['checksum'] == ours['checksum'] and ours['spikes'] else '')]), flush=True)

print('\n%s; %d thread%s, %s time; %s against Synfire, %s; %d pairs of runs; load %.1f at the end; fresh memory is written at %.1f GB/s; %.0f minutes in all.' % (
    processor(), options.threads, '' if options.threads == 1 else 's', 'processor' if options.threads == 1 else 'wall', brian2, executor, options.repeat, os.getloadavg()[0], fresh_memory(), (time.time() - began)/60))
