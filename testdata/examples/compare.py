#!/usr/bin/python3
"""Compares the examples of Brian2 in Brian2 and in Synfire, and writes the rows of the table in docs/compatibility.md.

    /usr/bin/python3 testdata/examples/compare.py FOLDER --synfire BINARY --work WORK [--seeds 10] [PATTERN ...]
    /usr/bin/python3 testdata/examples/compare.py FOLDER --work WORK --table

FOLDER is `examples` of Brian2's source, of which nothing is kept here; WORK receives copies, dumps and one file with the
result for each script, so that an interrupted comparison goes on. PATTERN chooses scripts, such as 'synapses/*'.
Python has to have Brian2. limits.txt says how much each run of a script is shortened, in both simulators alike.

For each script:

1. `synfire run` of the script as it is, to its end.
2. The same instrumented text (watched.py) in both with the same seed. If every recorded value and every variable at the
   end is the same up to 1e-7 of the largest one, the script agrees, and nothing else is done: it contains no random
   numbers, or only those of NumPy, which are the same.
3. Otherwise it is run with SEEDS seeds in Brian2 and as many others in Synfire. From each run come numbers (how many
   spikes and synapses) and mean and standard deviation of everything that is recorded and of all variables at the end.
   Each of these quantities is compared between the simulators with Welch's t-test. They agree if all p exceed 0.001.
   A script has some twenty quantities, all scripts together more than a thousand, so that one or two p below 0.001 are
   expected by chance where nothing differs. A script with such a p is run again with SEEDS new seeds each. If the same
   quantities then pass, it agrees, and its row says what happened; if not, it differs.
"""

import argparse
import ast
import fnmatch
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
import traceback
import warnings

HERE = os.path.dirname(os.path.abspath(__file__))
TOLERANCE = 1e-7
SIGNIFICANT = 0.001


def within_brian2(target, timeout, *jobs):
    """Runs instrumented scripts, each in a copy of this process: no window, no compiled device, no further processes.

    A job is the path of a script and the file that receives seconds and exit status.
    """
    import matplotlib
    matplotlib.use('Agg')
    import brian2
    import brian2.devices.device as devices
    import multiprocessing
    import signal
    warnings.simplefilter('ignore')
    brian2.prefs.codegen.target = target
    brian2.BrianLogger.log_level_error()

    def nothing(*arguments, **keywords):
        pass

    for name, module in list(sys.modules.items()):
        if name.startswith('brian2') and hasattr(module, 'set_device'):
            module.set_device = nothing
    for name in ('build', 'reinit', 'activate'):
        setattr(devices.RuntimeDevice, name, nothing)

    class Pool:
        def __init__(self, *arguments, **keywords):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *arguments):
            pass

        def map(self, function, values):
            return [function(value) for value in values]

    multiprocessing.Pool = Pool
    for script, clock in zip(jobs[::2], jobs[1::2]):
        begin = time.time()
        child = os.fork()
        if child == 0:
            signal.alarm(int(float(timeout)))
            folder = os.path.dirname(script)
            os.chdir(folder)
            sys.path.insert(0, folder)
            sys.argv = [script]
            with open(script) as file:
                text = file.read()
            status = 1
            try:
                exec(compile(text, os.path.basename(script), 'exec'), {'__name__': '__main__'})
                status = 0
            except BaseException:
                traceback.print_exc()
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)
        _, status = os.waitpid(child, 0)
        with open(clock, 'w') as file:
            file.write('%.1f %d\n' % (time.time() - begin, status))


class Settings:
    """What limits.txt says about a script."""

    def __init__(self, fields):
        self.cap = 1e9
        self.target = 'numpy'
        self.note = ''
        self.result = None
        self.constants = {}
        for key, value in fields:
            if key == 'cap':
                self.cap = float(value)
            elif key == 'target':
                self.target = value
            elif key == 'result':
                self.result = value
            else:
                self.constants[key] = value

    def __str__(self):
        """What was shortened, for the row."""
        parts = ['runs of %g s' % self.cap] if self.cap < 1e9 else []
        parts += ['%s = %s' % constant for constant in self.constants.items()]
        return ''.join(', ' + part for part in parts)


def settings():
    """Reads limits.txt: name of a script, settings, and after a bar what the row should say besides."""
    found = {}
    with open(os.path.join(HERE, 'limits.txt')) as file:
        for line in file:
            line = line.split('#')[0].strip()
            if line:
                line, _, note = line.partition('|')
                name, *fields = line.split()
                found[name] = Settings([f.split('=') for f in fields])
                found[name].note = note.strip()
    return found


class Comparison:
    """The comparison of one script."""

    def __init__(self, options, name, settings):
        self.options, self.name, self.settings = options, name, settings
        self.failure = ''
        self.key = name[:-3].replace('/', '.')
        self.folder = os.path.join(options.work, self.key)
        os.makedirs(self.folder, exist_ok=True)
        self.source = os.path.join(options.work, 'examples', name)

    def call(self, command, folder, log, timeout):
        """Runs a command with low priority; returns its exit status and seconds."""
        begin = time.time()
        with open(log, 'w') as out:
            process = subprocess.Popen(['nice', '-n', '15'] + command, cwd=folder, stdout=out, stderr=subprocess.STDOUT, start_new_session=True)
            try:
                code = process.wait(timeout)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, 9)
                process.wait()
                code = 124
        return code, time.time() - begin

    def plain(self):
        """Runs the script as it is under Synfire; returns whether it came to its end, and the message if not."""
        log = os.path.join(self.folder, 'plain.txt')
        result = os.path.join(self.folder, 'plain.json')
        if os.path.exists(result) and not self.options.again:
            with open(result) as file:
                return json.load(file)
        command = [self.options.synfire, 'run', os.path.basename(self.source), '-q', '-o', os.path.join(self.folder, 'plain')]
        code, seconds = self.call(command, os.path.dirname(self.source), log, self.options.patience)
        with open(log) as file:
            messages = re.findall(r'(?m)^error\[(\w+)\]: (.*)$', file.read())
        kind, message = messages[-1] if messages else ('', '')
        found = dict(code=code, seconds=seconds, kind=kind, message=message)
        with open(result, 'w') as file:
            json.dump(found, file)
        return found

    def out(self, simulator, seed, whole):
        kind = simulator if simulator == 'brian2' else 'synfire-' + self.options.digest
        return os.path.join(self.folder, kind, '%d%s' % (seed, 'w' if whole else ''))

    def instrumented(self, simulator, seed, whole):
        """Writes the instrumented script beside the script, whose modules it may import."""
        from watched import watched
        out = self.out(simulator, seed, whole)
        os.makedirs(out, exist_ok=True)
        with open(self.source) as file:
            text = file.read()
        text = watched(text, os.path.join(out, 'dump.npz') if simulator == 'brian2' else 'dump.npz', seed, self.settings.cap, self.settings.constants, whole)
        path = os.path.join(os.path.dirname(self.source), 'watched_%s_%d_%s' % (simulator, seed, os.path.basename(self.source)))
        with open(path, 'w') as file:
            file.write(text)
        return path

    def dumps(self, simulator, seeds, whole=False):
        """Runs the instrumented script with those seeds for which it has not been run; returns what they wrote.

        Where nothing was written, there is None.
        """
        import numpy as np
        clocks = {seed: os.path.join(self.out(simulator, seed, whole), 'seconds.txt') for seed in seeds}
        missing = [seed for seed in seeds if not os.path.exists(clocks[seed])]
        scripts = {seed: self.instrumented(simulator, seed, whole) for seed in missing}
        if simulator == 'brian2' and missing:
            command = [sys.executable, os.path.abspath(__file__), '--within-brian2', self.settings.target, str(self.options.timeout)]
            for seed in missing:
                command += [scripts[seed], clocks[seed]]
            self.call(command, os.path.dirname(self.source), os.path.join(self.out(simulator, missing[0], whole), 'log.txt'), None)
        for seed in missing if simulator != 'brian2' else []:
            out = self.out(simulator, seed, whole)
            command = [self.options.synfire, 'run', os.path.basename(scripts[seed]), '-q', '-o', out]
            code, seconds = self.call(command, os.path.dirname(self.source), os.path.join(out, 'log.txt'), self.options.timeout)
            with open(clocks[seed], 'w') as file:
                file.write('%.1f %d\n' % (seconds, code))
        for script in scripts.values():
            os.remove(script)
        found, times = [], []
        for seed in seeds:
            with open(clocks[seed]) as file:
                times.append(file.read().split()[0])
            path = os.path.join(self.out(simulator, seed, whole), 'dump.npz')
            if not os.path.exists(path):
                found.append(None)
                continue
            with np.load(path) as file:
                found.append({name: file[name] for name in file.files})
        if missing:
            print('    %-8s %s s' % (simulator, ' '.join(times)), flush=True)
        return found

    def compare(self):
        """Returns status and text of the script's row."""
        try:
            with open(self.source) as file:
                ast.parse(file.read())
        except SyntaxError as error:
            return 'not read', str(error)
        if self.settings.result is not None:
            return self.settings.result, self.settings.note
        plain = self.plain()
        refused = plain['kind'] in ('NotImplementedError', 'ModuleNotFoundError')
        if plain['code'] != 0 and refused:
            return 'refused', ('`%s` %s' % (plain['message'], self.settings.note)).strip()
        status, text = self.numbers()
        if self.settings.note:
            text += '; ' + self.settings.note
        if plain['code'] == 124:
            text += '; the whole script was ended after %d s' % plain['seconds']
            return status, text
        failure = '%s: %s' % (plain['kind'], plain['message']) if plain['code'] != 0 else ''
        if failure:
            status = 'fails as in Brian2' if failure == self.failure else 'fails'
            text += '; then `%s`' % failure
        elif self.failure:
            text += '; then Brian2 ends in `%s`' % self.failure
        return status, text

    def numbers(self):
        brian2, = self.dumps('brian2', [1], True)
        synfire, = self.dumps('synfire', [1], True)
        if brian2 is None:
            return 'runs', 'not compared: in Brian2 it does not come to its end within %d s' % self.options.timeout
        if synfire is None:
            return 'DIFFERS', 'no dump of Synfire'
        self.failure = ''.join(chr(c) for c in brian2['failure'] if c)
        # Synapses know variables of their targets in Brian2.
        synapses = tuple('whole.' + n.removeprefix('number.') + '.' for n in brian2 if n.startswith('number.'))
        self.missing = sorted(n for n in set(brian2) ^ set(synfire) if n.startswith('whole.') and not n.startswith(synapses))
        same, text = exactly(brian2, synfire)
        short = str(self.settings)
        if same:
            return 'agrees', text + short
        first = self.sample(1)
        quantities, failed, smallest = welch(*first)
        if not quantities:
            return 'runs', 'nothing to compare'
        text = '%d seeds each%s; %s; smallest p of %d quantities %s' % (self.options.seeds, short, lead(*first), quantities, probability(smallest))
        if not failed:
            return 'agrees', text
        second = self.sample(1 + self.options.seeds)
        _, again, _ = welch(*second)
        remaining = [name for name in failed if name in again]
        what = ', '.join('%s (p = %s)' % (name, probability(p)) for name, p in failed.items())
        if remaining:
            return 'DIFFERS', text + ': ' + what + '; with new seeds: ' + ', '.join('%s (p = %s)' % (n, probability(again[n])) for n in remaining)
        return 'agrees', text + ', of ' + ', '.join(failed) + '; with %d new seeds it passes' % self.options.seeds

    def sample(self, begin):
        """The summaries of all seeds, in Brian2 from begin and in Synfire from begin + 1000."""
        samples = []
        for simulator, first in (('brian2', begin), ('synfire', begin + 1000)):
            samples.append([{n: v.item() for n, v in dump.items() if v.size == 1 and n.split('.')[0] in ('number', 'mean', 'sd', 'rest')}
                            for dump in self.dumps(simulator, range(first, first + self.options.seeds)) if dump is not None])
        return samples


def exactly(brian2, synfire):
    """Tells whether two dumps are the same, and in how many values."""
    import numpy as np
    worst, variables, spikes, arrays = 0., 0, 0, 0
    for name in brian2:
        kind, _, rest = name.partition('.')
        if kind == 'number' and name in synfire:
            if brian2[name] != synfire[name]:
                return False, name
            continue
        if kind != 'whole' or name not in synfire:
            continue
        x, y = brian2[name], synfire[name]
        if x.shape != y.shape:
            return False, name
        finite = np.isfinite(x)
        if not np.array_equal(finite, np.isfinite(y)):
            return False, name
        if finite.any():
            scale = np.abs(x[finite]).max()
            difference = np.abs(x - y)[finite].max()
            worst = max(worst, difference/scale if scale > 0 else difference)
        if worst > TOLERANCE:
            return False, name
        if rest.endswith('.t') and 'whole.' + rest[:-2] + '.i' in brian2:
            spikes += x.size
        elif rest.startswith('array '):
            arrays += 1
        elif not rest.endswith('.i'):
            variables += 1
    if not variables and not spikes and not arrays:
        return False, 'nothing recorded'
    parts = []
    if spikes:
        parts.append('all %d spikes' % spikes)
    if variables:
        parts.append('every value of %d variable%s' % (variables, 's'*(variables != 1)))
    if arrays and not parts:
        parts.append('%d array%s of results' % (arrays, 's'*(arrays != 1)))
    return True, ' and '.join(parts) + (', to the last bit' if worst == 0 else ', to %.0e' % worst)


def welch(brian2, synfire):
    """Compares two lists of summaries: how many quantities, the p of those that fail, the smallest p."""
    import numpy as np
    from scipy.stats import ttest_ind
    quantities, failed, smallest = 0, {}, 1.
    for name in sorted(set().union(*brian2) & set().union(*synfire)):
        x = np.array([s[name] for s in brian2 if name in s])
        y = np.array([s[name] for s in synfire if name in s])
        if len(x) < 2 or len(y) < 2 or name.startswith(('mean.array', 'sd.array')) and not only_arrays(brian2):
            continue
        # A deviation is as exact as the values from which it comes.
        mean = name.replace('sd.', 'mean.', 1)
        scale = max(abs(s.get(n, 0)) for s in brian2 + synfire for n in (name, mean))
        quantities += 1
        if np.ptp(np.concatenate([x, y])) <= TOLERANCE*scale:
            continue  # the same in all runs
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            p = ttest_ind(x, y, equal_var=False).pvalue
        if not np.isfinite(p):
            p = 0.
        smallest = min(smallest, p)
        if p < SIGNIFICANT:
            failed[name] = p
    return quantities, failed, smallest


def only_arrays(summaries):
    """Tells whether a script has results but no groups and monitors. Other scripts keep times of day in arrays."""
    return not any(n.startswith(('number.', 'mean.')) and not n.startswith('mean.array') for s in summaries for n in s)


def lead(brian2, synfire):
    """The first quantity that varies, as text: spikes if there are any."""
    import numpy as np
    names = sorted(set().union(*brian2) & set().union(*synfire), key=lambda n: (
        not n.startswith('number.'), n.endswith(' at the end'), 'mean.' + n.removeprefix('number.') + '.t' not in brian2[0], not n.startswith('mean.'), n))
    for name in names:
        x = np.array([s[name] for s in brian2 if name in s])
        y = np.array([s[name] for s in synfire if name in s])
        if np.ptp(x) > TOLERANCE*abs(x).max():
            kind, _, rest = name.partition('.')
            what = {'number': 'spikes of' if 'mean.' + rest + '.t' in brian2[0] else 'synapses of', 'mean': 'mean of', 'sd': 'sd of', 'rest': 'not finite of'}[kind]
            return '%s %s %.4g ± %.2g and %.4g ± %.2g' % (what, rest, x.mean(), x.std(ddof=1), y.mean(), y.std(ddof=1))
    return 'nothing varies in Brian2'


def probability(p):
    return '%.2g' % p if p >= 0.001 else '%.0e' % p


def main():
    if sys.argv[1:2] == ['--within-brian2']:
        return within_brian2(*sys.argv[2:])
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('folder')
    parser.add_argument('pattern', nargs='*')
    parser.add_argument('--synfire', default='synfire')
    parser.add_argument('--work', required=True)
    parser.add_argument('--seeds', type=int, default=10)
    parser.add_argument('--timeout', type=float, default=300, help='seconds that one run may take')
    parser.add_argument('--patience', type=float, default=1800, help='seconds that the script as it is may take in Synfire')
    parser.add_argument('--again', action='store_true', help='forget what was found about these scripts')
    parser.add_argument('--table', action='store_true', help='only print the rows of what was found')
    options = parser.parse_intermixed_args()
    options.work = os.path.abspath(options.work)
    sys.path.insert(0, HERE)
    copy = os.path.join(options.work, 'examples')
    if not os.path.exists(copy):
        shutil.copytree(options.folder, copy)
    names = []
    for folder, _, files in os.walk(options.folder):
        names += [os.path.relpath(os.path.join(folder, file), options.folder) for file in files if file.endswith('.py')]
    names = sorted(n for n in names if not options.pattern or any(fnmatch.fnmatch(n, p) for p in options.pattern))
    if not options.table:
        options.synfire = os.path.abspath(shutil.which(options.synfire) or sys.exit('no such program: ' + options.synfire))
        with open(options.synfire, 'rb') as file:
            options.digest = hashlib.sha256(file.read()).hexdigest()[:8]
    known = settings()
    for name in names:
        result = os.path.join(options.work, name[:-3].replace('/', '.') + '.row')
        if not options.table and (options.again or not os.path.exists(result)):
            print(name, flush=True)
            comparison = Comparison(options, name, known.get(name, Settings([])))
            status, text = comparison.compare()
            with open(result, 'w') as file:
                file.write('| `%s` | %s | %s |\n' % (name, status, text))
            if getattr(comparison, 'missing', None):
                print('    in one of them only: ' + ', '.join(comparison.missing), flush=True)
        if os.path.exists(result):
            with open(result) as file:
                print(file.read(), end='', flush=True)


if __name__ == '__main__':
    main()
