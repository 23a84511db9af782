"""Writes what Brian2 gives for the cases of this folder into them, or with --check compares.

    python3 generate.py [--check] [-k WORD] [FILE.txt ...]

Written with Brian2 2.5.1 and NumPy 1.24. The form of the cases is in README.md; the lines that begin with
'= ' and '! ' are this program's.
"""
import argparse
import gc
import glob
import logging
import os
import re
import sys
import tempfile
import warnings

import brian2
import numpy

here = os.path.dirname(os.path.abspath(__file__))
number = re.compile(r'(?<![\w.])-?(?:\d+\.?\d*(?:e[-+]?\d+)?|inf|nan)(?![\w.])')


def parse(text):
    """Cuts a file into what stands before the first case, and cases as lists of lines."""
    pieces = re.split(r'(?m)^(?=## )', text)
    return pieces[0], [piece.rstrip('\n').split('\n') for piece in pieces[1:]]


def complain(text):
    global wrong
    wrong += 1
    print(text)


def failure(e):
    """The exception that a user reads last: Brian2 wraps those that happen in an object."""
    wrapper = brian2.core.base.BrianObjectException
    while e.__cause__ is not None and (isinstance(e, wrapper) or str(e).startswith('Error generating code')):
        e = e.__cause__
    message = str(e.args[0] if e.args and isinstance(e, KeyError) else e).strip().split('\n')[0]
    return ('! %s: %s' % (type(e).__name__, message)).rstrip(': ')


def run(lines):
    """Runs a case and returns its lines with the values of the expressions."""
    brian2.start_scope()
    brian2.defaultclock.dt = 0.1*brian2.ms
    brian2.seed(1)
    brian2.prefs.codegen.target = 'numpy'  # the cases about the GSL need Cython and libgsl
    brian2.prefs.codegen.loop_invariant_optimisations = True
    brian2.prefs.core.network.default_schedule = ['start', 'groups', 'thresholds', 'synapses', 'resets', 'end']
    names = {'__name__': '__main__'}
    exec('from brian2 import *', names)
    exec(open(os.path.join(here, 'show.py')).read(), names)
    result, chunk, ended = [lines[0]], [], False

    def flush():
        nonlocal ended
        code, chunk[:] = '\n'.join(chunk), []
        if ended or not code.strip():
            return
        try:
            exec(compile(code + '\n', 'case', 'exec'), names)
        except Exception as e:
            ended = True
            result.append(failure(e))

    for line in lines[1:]:
        if line[:2] in ('= ', '! '):
            continue
        if ended and line.strip() and line[:2] != '~ ':
            complain('%s: there is more after an exception\n%s' % (lines[0], result[-1]))
            continue
        if line.startswith('>>> '):
            flush()
            if ended:
                complain('%s: ends with %s' % (lines[0], result[-1]))
                continue
            result.append(line)
            try:
                result.append('= ' + names['show'](eval(line[4:], names)))
            except Exception as e:
                result.append(failure(e))
            continue
        if line[:2] in ('% ', '~ '):
            flush()
        else:
            chunk.append(line)
        result.append(line)
    while result and not result[-1].strip():
        result.pop()
    if chunk and not ended:
        flush()
        if not ended:
            complain('%s: the end raises nothing' % lines[0])
    names.clear()
    gc.collect()
    return result


def same(old, new):
    """Whether two lines agree: floats to 1e-10, all else exactly."""
    if old.startswith('! ') or number.sub('0', old) != number.sub('0', new):
        return old == new
    pairs = zip(number.findall(old), number.findall(new))
    return all(a == b or numpy.isclose(float(a), float(b), rtol=1e-10, atol=0) for a, b in pairs)


parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
parser.add_argument('--check', action='store_true', help='write nothing, fail if Brian2 gives something else')
parser.add_argument('-k', default='', metavar='WORD', help='only cases with WORD in their title')
parser.add_argument('files', nargs='*')
options = parser.parse_args()

options.files = [os.path.abspath(path) for path in options.files]
folder = tempfile.TemporaryDirectory()
os.chdir(folder.name)  # for the files of the cases
logging.disable(logging.CRITICAL)
warnings.simplefilter('ignore')
count, wrong = 0, 0
for path in options.files or sorted(glob.glob(os.path.join(here, '*.txt'))):
    with open(path) as f:
        text = f.read()
    head, cases = parse(text)
    for k, lines in enumerate(cases):
        if options.k not in lines[0]:
            continue
        count += 1
        result = run(lines)
        if options.check:
            while not lines[-1].strip():
                lines.pop()
            if len(lines) != len(result) or not all(map(same, lines, result)):
                wrong += 1
                print('%s: %s\n%s\n' % (os.path.basename(path), lines[0], '\n'.join(result)))
        cases[k] = result
    if not options.check:
        new = head + '\n\n'.join('\n'.join(lines) for lines in cases) + '\n'
        if new != text:
            with open(path, 'w') as f:
                f.write(new)
print('%d cases, %d differ from Brian2' % (count, wrong) if options.check else '%d cases' % count)
sys.exit(wrong > 0)
